-- How many executions of a tenant run at once, as its plan says (prisma/plans.ts). One for which there is no room is QUEUED
-- like one for which its flow has no place.
ALTER TABLE "execution" ADD COLUMN "waits_for_plan" BOOLEAN NOT NULL DEFAULT false;
CREATE INDEX "execution_plan_queue_idx" ON "execution"("tenant_id", "waits_since") WHERE "state" = 'QUEUED' AND "waits_for_plan";

-- Executions of a tenant that run: counted, as those of a flow are, and all of them, whoever asks.
CREATE FUNCTION plan_places_taken(tenant uuid) RETURNS int LANGUAGE sql STABLE SET app.namespaces TO ''
  RETURN (SELECT count(*)::int FROM execution
    WHERE tenant_id = tenant AND state <> 'QUEUED'
      AND state NOT IN ('SUCCESS', 'WARNING', 'FAILED', 'KILLED', 'CANCELLED', 'SKIPPED', 'RETRIED')
      AND (state <> 'CREATED' OR schedule_date IS NULL OR schedule_date <= now()));

-- Executions of a tenant that wait for a place of their flow or of the plan: they will be used, too.
CREATE FUNCTION places_awaited(tenant uuid) RETURNS int LANGUAGE sql STABLE SET app.namespaces TO ''
  RETURN (SELECT count(*)::int FROM execution WHERE tenant_id = tenant AND state = 'QUEUED' AND waits_since <= clock_timestamp());

-- Whether somebody waits for room in the plan, whom newcomers must not pass.
CREATE FUNCTION plan_has_queue(tenant uuid) RETURNS boolean LANGUAGE sql STABLE SET app.namespaces TO ''
  RETURN EXISTS (SELECT FROM execution WHERE tenant_id = tenant AND state = 'QUEUED' AND waits_for_plan
    AND waits_since <= clock_timestamp());

-- Gives free places of a flow to those that wait longest, as far as the tenant's plan has room; their ids. `limits`: the
-- executions at once by plan; a plan that is missing there has no limit. Whoever gives places of a tenant with a limit waits
-- for those who do so at the same time, before they ask for the flow's lock and never after.
DROP FUNCTION admit_queued(uuid, text, text);
CREATE FUNCTION admit_queued(tenant uuid, in_namespace text, of_flow text, limits jsonb DEFAULT '{}') RETURNS SETOF text
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  plan_limit int;
  free int;
  room int;
  at_time timestamptz;
BEGIN
  SELECT (limits ->> t.plan)::int INTO plan_limit FROM tenant t WHERE t.id = tenant;
  IF plan_limit IS NOT NULL THEN
    PERFORM pg_advisory_xact_lock(hashtextextended('plan-places/' || tenant, 0));
  END IF;
  PERFORM lock_places(tenant, in_namespace, of_flow);
  -- Not the time at which the transaction began: whoever held the lock may have queued one since.
  at_time := clock_timestamp();
  -- Without a limit it stays null: all of them.
  SELECT greatest((f.concurrency ->> 'limit')::int - places_taken(tenant, in_namespace, of_flow), 0) INTO free
    FROM flow f WHERE f.tenant_id = tenant AND f.namespace = in_namespace AND f.id = of_flow AND f.concurrency IS NOT NULL;
  IF plan_limit IS NOT NULL THEN room := greatest(plan_limit - plan_places_taken(tenant), 0); END IF;
  RETURN QUERY
    UPDATE execution e SET waits_for_plan = false,
      state = CASE WHEN e.resume_from ->> 'mode' = 'restart' THEN 'RESTARTED' ELSE 'CREATED' END
    WHERE e.tenant_id = tenant AND e.id IN (
      SELECT q.id FROM execution q
      WHERE q.tenant_id = tenant AND q.namespace = in_namespace AND q.flow_id = of_flow AND q.state = 'QUEUED'
        AND q.waits_since <= at_time
      ORDER BY q.waits_since, q.id LIMIT least(free, room))
    RETURNING e.id;
  -- The flow would let in more: they wait for the plan now, so that the end of any execution is told to them.
  IF room IS NOT NULL AND (free IS NULL OR room < free) THEN
    UPDATE execution SET waits_for_plan = true
      WHERE tenant_id = tenant AND namespace = in_namespace AND flow_id = of_flow AND state = 'QUEUED' AND NOT waits_for_plan
        AND waits_since <= at_time;
  END IF;
END $$;

-- An end makes room for whoever waits for the plan's, of whatever flow: it leaves an event of no execution.
CREATE FUNCTION note_plan_room() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp SET app.namespaces TO '' AS $$
BEGIN
  IF EXISTS (SELECT FROM execution q WHERE q.tenant_id = NEW.tenant_id AND q.state = 'QUEUED' AND q.waits_for_plan) THEN
    INSERT INTO execution_event (tenant_id, execution_id, namespace, flow_id, state)
      VALUES (NEW.tenant_id, '', NEW.namespace, NEW.flow_id, 'PLAN_ROOM');
    PERFORM pg_notify('millrace_event', NEW.tenant_id::text);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER note_plan_room AFTER UPDATE OF state ON execution FOR EACH ROW
  WHEN (is_ended(NEW.state) AND NOT is_ended(OLD.state)) EXECUTE FUNCTION note_plan_room();

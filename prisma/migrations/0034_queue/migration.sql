-- Queues in the order in which executions came to them, restarts included; a limit that is edited counts at once.

-- Since when an execution waits to begin: for its date and a place of its flow, or for its workflow. One that is
-- restarted waits anew, behind those that came before.
ALTER TABLE "execution" ADD COLUMN "waits_since" TIMESTAMPTZ(3);

-- Those that wait now are of all tenants, and the policies hold for the owner, too.
ALTER TABLE "execution" NO FORCE ROW LEVEL SECURITY;
UPDATE "execution" SET "waits_since" = greatest("created_at", "schedule_date") WHERE NOT is_ended("state");
ALTER TABLE "execution" FORCE ROW LEVEL SECURITY;

CREATE FUNCTION note_wait() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  NEW.waits_since := CASE TG_OP WHEN 'INSERT' THEN greatest(NEW.created_at, NEW.schedule_date) ELSE clock_timestamp() END;
  RETURN NEW;
END $$;
CREATE TRIGGER note_wait BEFORE INSERT ON execution FOR EACH ROW EXECUTE FUNCTION note_wait();
CREATE TRIGGER note_wait_again BEFORE UPDATE OF state ON execution FOR EACH ROW
  WHEN (NEW.state IN ('QUEUED', 'RESTARTED') AND OLD.state NOT IN ('QUEUED', 'RESTARTED'))
  EXECUTE FUNCTION note_wait();

-- Who holds a place of a flow, and who waits for one, longest first: instead of one index for both.
CREATE INDEX "execution_place_idx" ON "execution"("tenant_id", "namespace", "flow_id") WHERE "state" <> 'QUEUED'
  AND "state" NOT IN ('SUCCESS', 'WARNING', 'FAILED', 'KILLED', 'CANCELLED', 'SKIPPED', 'RETRIED');
CREATE INDEX "execution_queue_idx" ON "execution"("tenant_id", "namespace", "flow_id", "waits_since", "id")
  WHERE "state" = 'QUEUED';
DROP INDEX "execution_open_idx";

-- Gives free places of a flow to those that wait longest; their ids. All of them where the flow has no limit any more.
-- One that was restarted shows so again.
CREATE OR REPLACE FUNCTION admit_queued(tenant uuid, in_namespace text, of_flow text) RETURNS SETOF text
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  free int;
  at_time timestamptz;
BEGIN
  PERFORM lock_places(tenant, in_namespace, of_flow);
  -- Not the time at which the transaction began: whoever held the lock may have queued one since.
  at_time := clock_timestamp();
  -- Without a limit it stays null: all of them.
  SELECT greatest((f.concurrency ->> 'limit')::int - places_taken(tenant, in_namespace, of_flow), 0) INTO free
    FROM flow f WHERE f.tenant_id = tenant AND f.namespace = in_namespace AND f.id = of_flow AND f.concurrency IS NOT NULL;
  RETURN QUERY
    UPDATE execution e SET state = CASE WHEN e.resume_from ->> 'mode' = 'restart' THEN 'RESTARTED' ELSE 'CREATED' END
    WHERE e.tenant_id = tenant AND e.id IN (
      SELECT q.id FROM execution q
      WHERE q.tenant_id = tenant AND q.namespace = in_namespace AND q.flow_id = of_flow AND q.state = 'QUEUED'
        AND q.waits_since <= at_time
      ORDER BY q.waits_since, q.id LIMIT free)
    RETURNING e.id;
END $$;

-- An edited limit concerns those that wait: it leaves an event of no execution.
CREATE FUNCTION note_limit_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO execution_event (tenant_id, execution_id, namespace, flow_id, state)
    VALUES (NEW.tenant_id, '', NEW.namespace, NEW.id, 'LIMIT_CHANGED');
  PERFORM pg_notify('millrace_event', NEW.tenant_id::text);
  RETURN NULL;
END $$;
CREATE TRIGGER note_limit AFTER UPDATE OF concurrency ON flow FOR EACH ROW
  WHEN (OLD.concurrency IS DISTINCT FROM NEW.concurrency) EXECUTE FUNCTION note_limit_event();

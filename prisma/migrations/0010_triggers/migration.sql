-- What starts flows by itself, and what limits how many run at once.

-- One row per trigger of a flow that is there; what it remembers between evaluations.
CREATE TABLE "trigger" (
    "tenant_id" UUID NOT NULL,
    "namespace" TEXT NOT NULL,
    "flow_id" TEXT NOT NULL,
    "trigger_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "definition" JSONB NOT NULL,
    "disabled" BOOLEAN NOT NULL DEFAULT false,
    "disabled_reason" TEXT,
    "next_date" TIMESTAMPTZ(3),
    "last_date" TIMESTAMPTZ(3),
    "evaluated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_execution_id" TEXT,
    "state" JSONB NOT NULL DEFAULT '{}',
    "backfill" JSONB,
    "error" TEXT,
    "is_synced" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "trigger_pkey" PRIMARY KEY ("tenant_id", "namespace", "flow_id", "trigger_id"),
    CONSTRAINT "trigger_tenant_id_namespace_flow_id_fkey" FOREIGN KEY ("tenant_id", "namespace", "flow_id")
      REFERENCES "flow"("tenant_id", "namespace", "id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "trigger_tenant_id_kind_idx" ON "trigger"("tenant_id", "kind");

-- A change of state of an execution that somebody waits for: a queue, another flow, its own trigger. Handled once, then gone.
CREATE TABLE "execution_event" (
    "tenant_id" UUID NOT NULL,
    "position" BIGSERIAL NOT NULL,
    "execution_id" TEXT NOT NULL,
    "namespace" TEXT NOT NULL,
    "flow_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "execution_event_pkey" PRIMARY KEY ("tenant_id", "position"),
    CONSTRAINT "execution_event_tenant_id_fkey" FOREIGN KEY ("tenant_id")
      REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

SELECT secure_tenant_table('trigger');
SELECT secure_tenant_table('execution_event'); -- UPDATE is what a lock on a row asks for
GRANT USAGE ON SEQUENCE execution_event_position_seq TO millrace_app;

-- The flow's `concurrency`, {limit, behavior}, so that no start has to read its text.
ALTER TABLE "flow" ADD COLUMN "concurrency" JSONB;

-- Executions of a flow that are not ended: who holds one of its places, and who waits for one, oldest first.
CREATE INDEX "execution_open_idx" ON "execution"("tenant_id", "namespace", "flow_id", "created_at", "id")
  WHERE "state" NOT IN ('SUCCESS', 'WARNING', 'FAILED', 'KILLED', 'CANCELLED', 'SKIPPED', 'RETRIED');
-- Those of one trigger: one that must not start twice at once looks here.
CREATE INDEX "execution_open_of_trigger_idx" ON "execution"("tenant_id", "namespace", "flow_id", ("trigger" ->> 'id'))
  WHERE "trigger" IS NOT NULL
    AND "state" NOT IN ('SUCCESS', 'WARNING', 'FAILED', 'KILLED', 'CANCELLED', 'SKIPPED', 'RETRIED');

CREATE FUNCTION is_ended(state text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN state IN ('SUCCESS', 'WARNING', 'FAILED', 'KILLED', 'CANCELLED', 'SKIPPED', 'RETRIED');

-- Whoever changes a state, by whatever way, leaves an event in the same transaction where somebody waits for it: the
-- queue of a flow with a limit, the trigger that started the execution, other flows.
CREATE FUNCTION note_execution_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  e execution;
  new_state text;
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.state = OLD.state THEN RETURN NULL; END IF;
  IF TG_OP = 'DELETE' THEN
    e := OLD;
    new_state := 'DELETED';
    -- With its tenant nobody is left who waits.
    IF is_ended(e.state) OR NOT EXISTS (SELECT FROM tenant WHERE id = e.tenant_id) THEN RETURN NULL; END IF;
  ELSE
    e := NEW;
    new_state := NEW.state;
  END IF;
  IF ((is_ended(new_state) OR new_state = 'DELETED') AND (e.trigger IS NOT NULL OR EXISTS (
      SELECT FROM flow f WHERE f.tenant_id = e.tenant_id AND f.namespace = e.namespace AND f.id = e.flow_id
        AND f.concurrency IS NOT NULL)))
    OR EXISTS (SELECT FROM trigger t WHERE t.tenant_id = e.tenant_id AND t.kind = 'flow') THEN
    INSERT INTO execution_event (tenant_id, execution_id, namespace, flow_id, state)
      VALUES (e.tenant_id, e.id, e.namespace, e.flow_id, new_state);
    PERFORM pg_notify('millrace_event', e.tenant_id::text);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER note_event AFTER INSERT OR UPDATE OF state OR DELETE ON execution
  FOR EACH ROW EXECUTE FUNCTION note_execution_event();

-- One who asks for a place of a flow at a time; held until the transaction ends. What is counted afterwards must be
-- counted by a statement of its own, which sees what the one before has committed.
CREATE FUNCTION lock_places(tenant uuid, in_namespace text, of_flow text) RETURNS void LANGUAGE sql
  RETURN pg_advisory_xact_lock(hashtextextended('places/' || tenant || '/' || in_namespace || '/' || of_flow, 0));

-- How many executions of a flow hold a place now: counted, so that no crash can leave the number wrong.
CREATE FUNCTION places_taken(tenant uuid, in_namespace text, of_flow text) RETURNS int LANGUAGE sql STABLE
  RETURN (SELECT count(*)::int FROM execution
    WHERE tenant_id = tenant AND namespace = in_namespace AND flow_id = of_flow AND state <> 'QUEUED'
      AND state NOT IN ('SUCCESS', 'WARNING', 'FAILED', 'KILLED', 'CANCELLED', 'SKIPPED', 'RETRIED')
      AND (state <> 'CREATED' OR schedule_date IS NULL OR schedule_date <= now()));

-- Gives free places of a flow to those that wait longest; their ids. All of them where the flow has no limit any more.
CREATE FUNCTION admit_queued(tenant uuid, in_namespace text, of_flow text) RETURNS SETOF text
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  free int;
BEGIN
  PERFORM lock_places(tenant, in_namespace, of_flow);
  -- Without a limit it stays null: all of them.
  SELECT greatest((f.concurrency ->> 'limit')::int - places_taken(tenant, in_namespace, of_flow), 0) INTO free
    FROM flow f WHERE f.tenant_id = tenant AND f.namespace = in_namespace AND f.id = of_flow AND f.concurrency IS NOT NULL;
  RETURN QUERY
    UPDATE execution SET state = 'CREATED' WHERE tenant_id = tenant AND id IN (
      SELECT q.id FROM execution q
      WHERE q.tenant_id = tenant AND q.namespace = in_namespace AND q.flow_id = of_flow AND q.state = 'QUEUED'
        AND (q.schedule_date IS NULL OR q.schedule_date <= now())
      ORDER BY q.created_at, q.id LIMIT free)
    RETURNING id;
END $$;

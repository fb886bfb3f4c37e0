-- Flows that start after others: which executions each of their triggers looks at, so that none else cost anything.

-- `namespace/flow`, `namespace/*` or `*` (plugins-catalog/language/triggers/followed.ts), and the states that count.
ALTER TABLE "trigger" ADD COLUMN "followed_flows" TEXT[] NOT NULL DEFAULT '{}',
  ADD COLUMN "followed_states" TEXT[] NOT NULL DEFAULT '{}';

-- Those that are there look at all flows until they are saved again. They are of all tenants, and the policies hold for
-- the owner, too.
ALTER TABLE "trigger" NO FORCE ROW LEVEL SECURITY;
UPDATE "trigger" SET "followed_flows" = '{*}', "followed_states" = CASE
    WHEN "definition" -> 'disabled' = 'true' THEN '{}'
    WHEN jsonb_typeof("definition" -> 'states') = 'array'
      THEN ARRAY(SELECT upper(s.name) FROM jsonb_array_elements_text("definition" -> 'states') AS s (name))
    ELSE '{SUCCESS,WARNING,FAILED,KILLED,CANCELLED,SKIPPED,RETRIED,PAUSED}' END
  WHERE "kind" = 'flow';
ALTER TABLE "trigger" FORCE ROW LEVEL SECURITY;

CREATE INDEX "trigger_followed_flows_idx" ON "trigger" USING gin ("followed_flows") WHERE "kind" = 'flow';

-- Triggers that can start when an execution of a flow comes to a state. A flow never starts after itself.
CREATE FUNCTION followers(tenant uuid, of_namespace text, of_flow text, to_state text)
RETURNS TABLE (namespace text, flow_id text, trigger_id text) LANGUAGE sql STABLE AS $$
  SELECT t.namespace, t.flow_id, t.trigger_id FROM trigger t
  WHERE t.tenant_id = tenant AND t.kind = 'flow' AND NOT t.disabled AND to_state = ANY (t.followed_states)
    AND t.followed_flows && ARRAY[of_namespace || '/' || of_flow, of_namespace || '/*', '*']
    AND (t.namespace, t.flow_id) <> (of_namespace, of_flow)
$$;

-- Whoever changes a state, by whatever way, leaves an event in the same transaction where somebody waits for it: the
-- queue of a flow with a limit, the trigger that started the execution, other flows. Those see each state that the
-- execution passed through since it was last written, not only the one it is in; all but executions that only try a flow.
CREATE OR REPLACE FUNCTION note_execution_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  e execution;
  known int := 0;
  passed text[];
BEGIN
  IF TG_OP = 'DELETE' THEN
    e := OLD;
    -- With its tenant nobody is left who waits.
    IF is_ended(e.state) OR NOT EXISTS (SELECT FROM tenant WHERE id = e.tenant_id) THEN RETURN NULL; END IF;
    passed := '{DELETED}';
  ELSE
    e := NEW;
    IF TG_OP = 'UPDATE' THEN
      known := jsonb_array_length(OLD.histories);
      IF NEW.state = OLD.state AND jsonb_array_length(NEW.histories) = known THEN RETURN NULL; END IF;
    END IF;
    passed := ARRAY(
      SELECT history ->> 'state' FROM jsonb_array_elements(NEW.histories) WITH ORDINALITY AS h (history, n)
      WHERE n > known ORDER BY n);
    IF passed[cardinality(passed)] IS DISTINCT FROM NEW.state AND (TG_OP = 'INSERT' OR NEW.state <> OLD.state) THEN
      passed := passed || NEW.state;
    END IF;
  END IF;
  INSERT INTO execution_event (tenant_id, execution_id, namespace, flow_id, state)
    SELECT e.tenant_id, e.id, e.namespace, e.flow_id, p.state FROM unnest(passed) WITH ORDINALITY AS p (state, n)
    WHERE ((is_ended(p.state) OR p.state = 'DELETED') AND (e.trigger IS NOT NULL OR EXISTS (
        SELECT FROM flow f WHERE f.tenant_id = e.tenant_id AND f.namespace = e.namespace AND f.id = e.flow_id
          AND f.concurrency IS NOT NULL)))
      OR (e.kind = 'NORMAL' AND EXISTS (SELECT FROM followers(e.tenant_id, e.namespace, e.flow_id, p.state)))
    ORDER BY p.n;
  IF FOUND THEN PERFORM pg_notify('millrace_event', e.tenant_id::text); END IF;
  RETURN NULL;
END $$;

-- Starts of executions are in the audit log, and entries name people, groups and roles as they were called then.

-- Entries that are not in the chain yet. Starts come by the hundred in a second, and whoever adds to the chain waits for those
-- before until they have committed: these are put down beside it, in the transaction of the start, and chained in batches, in
-- order, by whoever reads the log or adds to it, and by the worker's sweep. The application can neither see nor touch them.
CREATE TABLE "audit_pending" (
    "tenant_id" UUID NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,
    "action" TEXT NOT NULL,
    "resource" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "namespace" TEXT,
    "after" JSONB,

    CONSTRAINT "audit_pending_pkey" PRIMARY KEY ("tenant_id", "id")
);
ALTER TABLE "audit_pending" ADD CONSTRAINT "audit_pending_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;
SELECT secure_tenant_table('audit_pending', 'REFERENCES');
REVOKE ALL ON "audit_pending" FROM millrace_app;

-- How people know an account: by its e-mail address, or by its name where it is a program's.
CREATE FUNCTION name_of_user(given text) RETURNS text LANGUAGE sql STABLE
  RETURN (SELECT CASE WHEN service_of IS NULL THEN email ELSE name END FROM "user" WHERE id = given::uuid);

-- Who acts, with the names of the day.
CREATE FUNCTION audit_actor() RETURNS jsonb LANGUAGE plpgsql STABLE SET search_path = public, pg_temp SET app.namespaces TO '' AS $$
DECLARE actor jsonb := current_setting('app.actor')::jsonb;
BEGIN
  IF actor ? 'tokenId' THEN
    actor := jsonb_strip_nulls(jsonb_build_object(
      'name', name_of_user(actor ->> 'userId'),
      'token', (SELECT name FROM api_token WHERE tenant_id = current_tenant() AND id = (actor ->> 'tokenId')::uuid))) || actor;
  END IF;
  RETURN actor;
END $$;

-- The names behind the ids of a row: {user, group, role, roles}.
CREATE FUNCTION audit_names(one jsonb) RETURNS jsonb LANGUAGE sql STABLE SET search_path = public, pg_temp
  RETURN jsonb_strip_nulls(jsonb_build_object(
    'user', name_of_user(one ->> 'user_id'),
    'group', (SELECT name FROM member_group WHERE tenant_id = current_tenant() AND id = (one ->> 'group_id')::uuid),
    'role', coalesce(one ->> 'built_in', (SELECT name FROM role WHERE tenant_id = current_tenant() AND id = (one ->> 'role_id')::uuid)),
    'roles', (SELECT string_agg(coalesce(r.name, b ->> 'role') || coalesce(' in ' || (b ->> 'namespace'), ''), ', ')
      FROM jsonb_array_elements(CASE jsonb_typeof(one -> 'bindings') WHEN 'array' THEN one -> 'bindings' END) AS b
      LEFT JOIN role r ON r.tenant_id = current_tenant() AND r.id::text = b ->> 'role')));

-- Puts entries that wait into the chain, the oldest first and at most so many; how many. Somebody who does so at the same time
-- does the work of both.
CREATE FUNCTION seal_audit(most int) RETURNS int LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET app.namespaces TO '' AS $$
DECLARE head audit_head; e audit_entry; waiting audit_pending; sealed int := 0;
BEGIN
  IF NOT EXISTS (SELECT FROM audit_pending WHERE tenant_id = current_tenant()) THEN RETURN 0; END IF;
  INSERT INTO audit_head AS h (tenant_id, position, hash) VALUES (current_tenant(), 0, '')
    ON CONFLICT (tenant_id) DO UPDATE SET position = h.position RETURNING * INTO head;
  FOR waiting IN SELECT * FROM audit_pending WHERE tenant_id = current_tenant() ORDER BY id LIMIT most LOOP
    e := ROW(head.tenant_id, head.position + 1, waiting.at, waiting.actor, waiting.action, waiting.resource, waiting.target,
      waiting.namespace, NULL, waiting.after, head.hash, '');
    e.hash := audit_digest(e);
    INSERT INTO audit_entry SELECT e.*;
    head.position := e.position; head.hash := e.hash;
    DELETE FROM audit_pending WHERE tenant_id = e.tenant_id AND id = waiting.id;
    sealed := sealed + 1;
  END LOOP;
  UPDATE audit_head SET position = head.position, hash = head.hash WHERE tenant_id = head.tenant_id;
  RETURN sealed;
END $$;
REVOKE EXECUTE ON FUNCTION seal_audit FROM PUBLIC;
GRANT EXECUTE ON FUNCTION seal_audit TO millrace_app;

-- As before, but that it knows names, and lets those that wait go first.
CREATE OR REPLACE FUNCTION append_audit(of_action text, of_resource text, of_target text, in_namespace text, was jsonb, is_now jsonb)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET app.namespaces TO '' AS $$
DECLARE e audit_entry;
BEGIN
  PERFORM seal_audit(1000);
  INSERT INTO audit_head AS h (tenant_id, position, hash) VALUES (current_tenant(), 1, '')
    ON CONFLICT (tenant_id) DO UPDATE SET position = h.position + 1
    RETURNING h.tenant_id, h.position, h.hash INTO e.tenant_id, e.position, e.previous;
  e.at := date_trunc('milliseconds', clock_timestamp());
  e.actor := audit_actor();
  e.action := of_action; e.resource := of_resource; e.target := of_target; e.namespace := in_namespace;
  e.before := was; e.after := is_now;
  e.hash := audit_digest(e);
  INSERT INTO audit_entry SELECT e.*;
  UPDATE audit_head SET hash = e.hash WHERE tenant_id = e.tenant_id;
END $$;

-- Runs as the owner, as the application may not write what waits.
CREATE FUNCTION note_start() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET app.namespaces TO '' AS $$
BEGIN
  INSERT INTO audit_pending (tenant_id, at, actor, action, resource, target, namespace, after) VALUES (
    current_tenant(), date_trunc('milliseconds', clock_timestamp()), audit_actor(), TG_ARGV[0], 'EXECUTION',
    NEW.namespace || '.' || NEW.flow_id || '.' || NEW.id, NEW.namespace, jsonb_strip_nulls(jsonb_build_object(
      'revision', NEW.flow_revision, 'attempt', NEW.attempt, 'scheduleDate', NEW.schedule_date,
      'originalId', nullif(NEW.original_id, NEW.id))));
  RETURN NULL;
END $$;
CREATE TRIGGER note_start AFTER INSERT ON execution FOR EACH ROW WHEN (is_acted()) EXECUTE FUNCTION note_start('START');
-- One that has ended, or is paused, goes on as itself.
CREATE TRIGGER note_restart AFTER UPDATE OF state ON execution FOR EACH ROW
  WHEN (is_acted() AND NEW.state IN ('RESTARTED', 'QUEUED') AND OLD.state NOT IN ('RESTARTED', 'QUEUED', 'CREATED'))
  EXECUTE FUNCTION note_start('RESTART');

-- Arguments: the resource; the columns that name the target; the columns that are kept out, as nobody may read them; what
-- stands between the names.
CREATE OR REPLACE FUNCTION note_audit() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  was jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) - string_to_array(TG_ARGV[2], ',') END;
  is_now jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) - string_to_array(TG_ARGV[2], ',') END;
  one jsonb;
  gone boolean := TG_OP = 'DELETE' OR (is_now -> 'deleted' = 'true' AND was -> 'deleted' <> 'true');
  target text;
BEGIN
  -- A tenant that goes takes its log with it.
  IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT FROM tenant WHERE id = current_tenant()) THEN RETURN NULL; END IF;
  was := was || audit_names(was);
  is_now := is_now || audit_names(is_now);
  one := coalesce(is_now, was);
  target := coalesce((SELECT string_agg(one ->> column_name, coalesce(TG_ARGV[3], '.') ORDER BY n)
    FROM unnest(string_to_array(TG_ARGV[1], ',')) WITH ORDINALITY AS c (column_name, n)), '');
  PERFORM append_audit(CASE WHEN gone THEN 'DELETE' WHEN TG_OP = 'INSERT' THEN 'CREATE' ELSE 'UPDATE' END, TG_ARGV[0], target,
    one ->> 'namespace', was - 'tenant_id', is_now - 'tenant_id');
  RETURN NULL;
END $$;

DO $$
DECLARE t text[];
BEGIN
  FOREACH t SLICE 1 IN ARRAY ARRAY[
    ['membership', 'MEMBER', 'user'],
    ['role_binding', 'ROLE', 'role,user,group,namespace'],
    ['group_member', 'MEMBER', 'group,user']
  ] LOOP
    EXECUTE format('DROP TRIGGER note_audit ON %I', t[1]);
    EXECUTE format('CREATE TRIGGER note_audit AFTER INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW WHEN (is_acted())
      EXECUTE FUNCTION note_audit(%L, %L, %L, %L)', t[1], t[2], t[3], '', ' / ');
  END LOOP;
END $$;

-- What waits to be chained stays with the log it belongs to.
CREATE OR REPLACE FUNCTION erase_tenant_rows(most_of_a_table int) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET app.namespaces TO '' SET app.actor TO '' AS $$
DECLARE name regclass; erased bigint; total bigint := 0;
BEGIN
  PERFORM FROM tenant WHERE id = current_tenant() AND deletion_requested_at IS NOT NULL;
  IF NOT FOUND THEN RAISE EXCEPTION 'the tenant % is not to be deleted', current_tenant(); END IF;
  PERFORM seal_audit(most_of_a_table);
  FOR name IN
    SELECT c.oid::regclass FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
    WHERE c.relkind = 'r' AND n.nspname IN ('public', 'log_partitions')
      AND c.relname NOT IN ('audit_entry', 'audit_head', 'audit_pending')
    -- What is above others goes last, so that no row takes uncounted ones with it.
    ORDER BY (SELECT count(*) FROM pg_constraint f WHERE f.confrelid = c.oid AND f.contype = 'f'), c.relname
  LOOP
    EXECUTE format('DELETE FROM %s WHERE ctid = ANY (ARRAY(SELECT ctid FROM %s WHERE tenant_id = current_tenant() LIMIT %s))',
      name, name, most_of_a_table);
    GET DIAGNOSTICS erased = ROW_COUNT;
    total := total + erased;
  END LOOP;
  DELETE FROM "user" WHERE service_of = current_tenant();
  GET DIAGNOSTICS erased = ROW_COUNT;
  RETURN total + erased;
END $$;

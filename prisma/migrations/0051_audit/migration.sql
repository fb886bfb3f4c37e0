-- Who changed what, and who was refused. An entry is written by the database in the transaction of the change itself; it holds
-- the hash of the one before it, so that a change or a gap shows (audit_break). The application can read entries and add to them, and
-- nothing else.
CREATE TABLE "audit_entry" (
    "tenant_id" UUID NOT NULL,
    "position" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    -- {userId, name, via, tokenId?, ip}
    "actor" JSONB NOT NULL,
    -- CREATE | UPDATE | DELETE | DENIED, or the name of an action
    "action" TEXT NOT NULL,
    "resource" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "namespace" TEXT,
    "before" JSONB,
    "after" JSONB,
    "previous" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("tenant_id", "position")
);
CREATE INDEX "audit_entry_tenant_id_at_idx" ON "audit_entry"("tenant_id", "at" DESC);

-- The end of each tenant's chain, which those who append queue up for; `since` is where it begins once old entries are gone.
CREATE TABLE "audit_head" (
    "tenant_id" UUID NOT NULL,
    "position" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,
    "since" BIGINT NOT NULL DEFAULT 1,

    CONSTRAINT "audit_head_pkey" PRIMARY KEY ("tenant_id")
);

ALTER TABLE "audit_entry" ADD CONSTRAINT "audit_entry_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "audit_head" ADD CONSTRAINT "audit_head_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;
SELECT secure_tenant_table('audit_entry', 'SELECT');
SELECT secure_tenant_table('audit_head', 'SELECT');
CREATE POLICY reach ON audit_entry AS RESTRICTIVE USING (is_unbound() OR in_reach(namespace));

-- What an entry's hash is taken of.
CREATE FUNCTION audit_digest(e audit_entry) RETURNS bytea LANGUAGE sql STABLE
  RETURN sha256(e.previous || convert_to(jsonb_build_array(e.tenant_id, e.position, extract(epoch FROM e.at), e.actor, e.action,
    e.resource, e.target, e.namespace, e.before, e.after)::text, 'UTF8'));

-- Runs as the owner, whom row-level security binds as well: it writes for the tenant of the transaction alone.
CREATE FUNCTION append_audit(of_action text, of_resource text, of_target text, in_namespace text, was jsonb, is_now jsonb)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET app.namespaces TO '' AS $$
DECLARE e audit_entry;
BEGIN
  INSERT INTO audit_head AS h (tenant_id, position, hash) VALUES (current_tenant(), 1, '')
    ON CONFLICT (tenant_id) DO UPDATE SET position = h.position + 1
    RETURNING h.tenant_id, h.position, h.hash INTO e.tenant_id, e.position, e.previous;
  e.at := date_trunc('milliseconds', clock_timestamp());
  e.actor := current_setting('app.actor')::jsonb;
  e.action := of_action; e.resource := of_resource; e.target := of_target; e.namespace := in_namespace;
  e.before := was; e.after := is_now;
  e.hash := audit_digest(e);
  INSERT INTO audit_entry SELECT e.*;
  UPDATE audit_head SET hash = e.hash WHERE tenant_id = e.tenant_id;
END $$;
REVOKE EXECUTE ON FUNCTION append_audit FROM PUBLIC;
GRANT EXECUTE ON FUNCTION append_audit TO millrace_app;

-- The position of the first entry that is not as it was written, or that is missing; null where all is whole.
CREATE FUNCTION audit_break() RETURNS bigint LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT min(broken) FROM (
    SELECT e.position AS broken FROM (
      SELECT a AS entry, a.position, a.previous, a.hash, lag(a.hash) OVER w AS expected, lag(a.position) OVER w AS last
      FROM audit_entry a WHERE a.tenant_id = current_tenant() WINDOW w AS (ORDER BY a.position)
    ) e JOIN audit_head h ON h.tenant_id = current_tenant()
    WHERE e.hash <> audit_digest(e.entry) OR e.previous <> coalesce(e.expected, e.previous)
      OR e.position <> coalesce(e.last + 1, h.since)
    UNION ALL
    SELECT h.position FROM audit_head h WHERE h.tenant_id = current_tenant() AND NOT EXISTS (
      SELECT FROM audit_entry a WHERE a.tenant_id = h.tenant_id AND a.position = h.position AND a.hash = h.hash)
      AND h.position >= h.since
  ) found
$$;

-- Entries from before a date go, the oldest first; the chain then begins at the first one that stays.
CREATE FUNCTION drop_audit_before(date timestamptz) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET app.namespaces TO '' AS $$
DECLARE first_kept bigint; dropped bigint;
BEGIN
  PERFORM FROM audit_head WHERE tenant_id = current_tenant() FOR UPDATE;
  SELECT coalesce(min(position), (SELECT position + 1 FROM audit_head WHERE tenant_id = current_tenant())) INTO first_kept
    FROM audit_entry WHERE tenant_id = current_tenant() AND at >= date;
  DELETE FROM audit_entry WHERE tenant_id = current_tenant() AND position < first_kept;
  GET DIAGNOSTICS dropped = ROW_COUNT;
  UPDATE audit_head SET since = first_kept WHERE tenant_id = current_tenant() AND since < first_kept;
  RETURN dropped;
END $$;
REVOKE EXECUTE ON FUNCTION drop_audit_before FROM PUBLIC;
GRANT EXECUTE ON FUNCTION drop_audit_before TO millrace_app;

-- Arguments: the resource; the columns that name the target; the columns that are kept out, as nobody may read them.
CREATE FUNCTION note_audit() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  was jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) - string_to_array(TG_ARGV[2], ',') END;
  is_now jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) - string_to_array(TG_ARGV[2], ',') END;
  one jsonb := coalesce(is_now, was);
  gone boolean := TG_OP = 'DELETE' OR (is_now -> 'deleted' = 'true' AND was -> 'deleted' <> 'true');
  target text := coalesce((SELECT string_agg(one ->> column_name, '.' ORDER BY n)
    FROM unnest(string_to_array(TG_ARGV[1], ',')) WITH ORDINALITY AS c (column_name, n)), '');
BEGIN
  -- A tenant that goes takes its log with it.
  IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT FROM tenant WHERE id = current_tenant()) THEN RETURN NULL; END IF;
  PERFORM append_audit(CASE WHEN gone THEN 'DELETE' WHEN TG_OP = 'INSERT' THEN 'CREATE' ELSE 'UPDATE' END, TG_ARGV[0], target,
    one ->> 'namespace', was - 'tenant_id', is_now - 'tenant_id');
  RETURN NULL;
END $$;

-- Only what a person or a program changes of its own accord: those transactions say who it is.
CREATE FUNCTION is_acted() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  RETURN coalesce(current_setting('app.actor', true), '') <> '';

DO $$
DECLARE t text[];
BEGIN
  FOREACH t SLICE 1 IN ARRAY ARRAY[
    ['flow', 'FLOW', 'namespace,id', 'updated_at,labels,concurrency'],
    ['namespace', 'NAMESPACE', 'id', 'updated_at,version'],
    ['secret', 'SECRET', 'namespace,key', 'ciphertext,data_key'],
    ['kv_entry', 'KV', 'namespace,key', 'value,updated_at'],
    ['membership', 'MEMBER', 'user_id', ''],
    ['role', 'ROLE', 'name', ''],
    ['role_binding', 'ROLE', 'built_in,role_id', ''],
    ['member_group', 'MEMBER', 'name', ''],
    ['group_member', 'MEMBER', 'group_id,user_id', ''],
    ['invitation', 'MEMBER', 'email', 'hash'],
    ['api_token', 'TOKEN', 'name', 'hash,last_used_at']
  ] LOOP
    EXECUTE format('CREATE TRIGGER note_audit AFTER INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW WHEN (is_acted())
      EXECUTE FUNCTION note_audit(%L, %L, %L)', t[1], t[2], t[3], t[4]);
  END LOOP;
END $$;
CREATE TRIGGER note_audit AFTER UPDATE OF disabled, backfill, unlocked_at ON trigger FOR EACH ROW
  WHEN (is_acted() AND (OLD.disabled, OLD.backfill, OLD.unlocked_at) IS DISTINCT FROM (NEW.disabled, NEW.backfill, NEW.unlocked_at))
  EXECUTE FUNCTION note_audit('TRIGGER', 'namespace,flow_id,trigger_id', 'definition,state,updated_at,evaluated_at,is_synced,followed_flows,followed_states');
CREATE TRIGGER note_audit AFTER UPDATE OF name, slug, plan ON tenant FOR EACH ROW WHEN (is_acted())
  EXECUTE FUNCTION note_audit('TENANT', 'slug', 'created_at');
CREATE TRIGGER note_audit AFTER DELETE ON execution FOR EACH ROW WHEN (is_acted())
  EXECUTE FUNCTION note_audit('EXECUTION', 'namespace,flow_id,id', 'plan,inputs,outputs,variables,histories,trigger,resume_from');

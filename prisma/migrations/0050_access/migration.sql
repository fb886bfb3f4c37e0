-- Who may do what: roles are bound to members, or to groups of them, for the whole tenant or for a namespace with its children.
CREATE TABLE "role" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "permissions" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "role_pkey" PRIMARY KEY ("tenant_id", "id")
);
CREATE UNIQUE INDEX "role_tenant_id_name_key" ON "role"("tenant_id", "name");

CREATE TABLE "member_group" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "member_group_pkey" PRIMARY KEY ("tenant_id", "id")
);
CREATE UNIQUE INDEX "member_group_tenant_id_name_key" ON "member_group"("tenant_id", "name");

CREATE TABLE "group_member" (
    "tenant_id" UUID NOT NULL,
    "group_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,

    CONSTRAINT "group_member_pkey" PRIMARY KEY ("tenant_id", "group_id", "user_id")
);
CREATE INDEX "group_member_tenant_id_user_id_idx" ON "group_member"("tenant_id", "user_id");

-- Of a member or a group; a built-in role or one of the tenant's own; without a namespace for the whole tenant.
CREATE TABLE "role_binding" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "user_id" UUID,
    "group_id" UUID,
    "built_in" TEXT,
    "role_id" UUID,
    "namespace" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "role_binding_pkey" PRIMARY KEY ("tenant_id", "id"),
    CONSTRAINT "role_binding_holder" CHECK (num_nonnulls("user_id", "group_id") = 1),
    CONSTRAINT "role_binding_role" CHECK (num_nonnulls("built_in", "role_id") = 1)
);
CREATE UNIQUE INDEX "role_binding_once" ON "role_binding"("tenant_id", "user_id", "group_id", "built_in", "role_id", "namespace") NULLS NOT DISTINCT;
CREATE INDEX "role_binding_tenant_id_group_id_idx" ON "role_binding"("tenant_id", "group_id");

-- A link that makes its bearer a member, once. bindings: [{role, namespace}]
CREATE TABLE "invitation" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "email" TEXT,
    "hash" TEXT NOT NULL,
    "bindings" JSONB NOT NULL DEFAULT '[]',
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "used_by" UUID,

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("tenant_id", "id")
);
CREATE UNIQUE INDEX "invitation_hash_key" ON "invitation"("hash");

ALTER TABLE "role" ADD CONSTRAINT "role_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "member_group" ADD CONSTRAINT "member_group_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "group_member" ADD CONSTRAINT "group_member_tenant_id_group_id_fkey" FOREIGN KEY ("tenant_id", "group_id") REFERENCES "member_group"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "group_member" ADD CONSTRAINT "group_member_tenant_id_user_id_fkey" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "membership"("tenant_id", "user_id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "role_binding" ADD CONSTRAINT "role_binding_tenant_id_user_id_fkey" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "membership"("tenant_id", "user_id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "role_binding" ADD CONSTRAINT "role_binding_tenant_id_group_id_fkey" FOREIGN KEY ("tenant_id", "group_id") REFERENCES "member_group"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "role_binding" ADD CONSTRAINT "role_binding_tenant_id_role_id_fkey" FOREIGN KEY ("tenant_id", "role_id") REFERENCES "role"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

SELECT secure_tenant_table('role');
SELECT secure_tenant_table('member_group');
SELECT secure_tenant_table('group_member');
SELECT secure_tenant_table('role_binding');
SELECT secure_tenant_table('invitation');
-- Whoever has the link finds its invitation before they belong to the tenant.
CREATE POLICY known_invitation ON invitation FOR SELECT USING (hash = nullif(current_setting('app.invitation_hash', true), ''));

-- What a member's role was is now a binding of it. (Migrations run as the owner, whom FORCE binds to the policies, too.)
ALTER TABLE membership NO FORCE ROW LEVEL SECURITY;
ALTER TABLE role_binding NO FORCE ROW LEVEL SECURITY;
INSERT INTO role_binding (tenant_id, user_id, built_in, created_at) SELECT tenant_id, user_id, role, created_at FROM membership;
ALTER TABLE role_binding FORCE ROW LEVEL SECURITY;
ALTER TABLE membership FORCE ROW LEVEL SECURITY;
DROP FUNCTION token_holder(text);
ALTER TABLE "membership" DROP COLUMN "role";

-- A user who is a program: it has tokens, roles and no password, and belongs to one tenant.
ALTER TABLE "user" ADD COLUMN "service_of" UUID;
ALTER TABLE "user" ADD CONSTRAINT "user_service_of_fkey" FOREIGN KEY ("service_of") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A token may do less than its holder: {permissions?, namespaces?}.
ALTER TABLE "api_token" ADD COLUMN "scope" JSONB;

-- What a member may do: each binding of theirs or of their groups. One row of nulls where a member has none; no row for others.
CREATE FUNCTION grants_of(given_tenant uuid, given_user uuid)
RETURNS TABLE (built_in text, role_name text, permissions text[], namespace text)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT b.built_in, r.name, r.permissions, b.namespace
  FROM membership m
  LEFT JOIN role_binding b ON b.tenant_id = m.tenant_id AND (b.user_id = m.user_id OR b.group_id IN (
    SELECT g.group_id FROM group_member g WHERE g.tenant_id = m.tenant_id AND g.user_id = m.user_id))
  LEFT JOIN role r ON r.tenant_id = b.tenant_id AND r.id = b.role_id
  WHERE m.tenant_id = given_tenant AND m.user_id = given_user
$$;

-- Whom an API token speaks for and what its holder may do, in one round trip, since every request of the API asks. Runs with
-- the caller's rights: it opens the token's row by its hash, then the tenant's bindings, and both settings end with the
-- statement's transaction. Call it on its own, never inside a transaction that goes on.
CREATE FUNCTION token_holder(given_hash text)
RETURNS TABLE (token_id uuid, user_id uuid, tenant_id uuid, slug text, last_used_at timestamptz, scope jsonb, grants jsonb)
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  PERFORM set_config('app.token_hash', given_hash, true);
  SELECT a.id, a.user_id, a.tenant_id, t.slug, a.last_used_at, a.scope
    INTO token_id, user_id, tenant_id, slug, last_used_at, scope
    FROM api_token a JOIN tenant t ON t.id = a.tenant_id
    WHERE a.hash = given_hash AND a.revoked_at IS NULL AND (a.expires_at IS NULL OR a.expires_at > now());
  IF NOT FOUND THEN RETURN; END IF;
  PERFORM set_config('app.tenant', token_holder.tenant_id::text, true);
  SELECT jsonb_agg(jsonb_build_object('builtIn', g.built_in, 'roleName', g.role_name, 'permissions', g.permissions, 'namespace', g.namespace))
    INTO grants FROM grants_of(token_holder.tenant_id, token_holder.user_id) g;
  IF grants IS NOT NULL THEN RETURN NEXT; END IF;
END $$;

-- Someone whose roles are bound to namespaces sees those and their children, whatever a query forgets. The setting holds an
-- array; where it is unset, the whole tenant is meant.
CREATE FUNCTION in_reach(name text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  RETURN EXISTS (SELECT FROM unnest(current_setting('app.namespaces', true)::text[]) AS bound
    WHERE name = bound OR starts_with(name, bound || '.'));

CREATE FUNCTION is_unbound() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  RETURN coalesce(current_setting('app.namespaces', true), '') = '';

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['flow', 'flow_revision', 'execution', 'log', 'kv_entry', 'secret', 'trigger', 'execution_event', 'quota_window'] LOOP
    EXECUTE format('CREATE POLICY reach ON %I AS RESTRICTIVE USING (is_unbound() OR in_reach(namespace))', name);
  END LOOP;
END $$;
-- What a namespace says holds for those below it: whoever may read one may read what it inherits.
CREATE FUNCTION above_reach(name text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  RETURN EXISTS (SELECT FROM unnest(current_setting('app.namespaces', true)::text[]) AS bound
    WHERE starts_with(bound, name || '.'));
CREATE POLICY reach ON namespace AS RESTRICTIVE FOR SELECT USING (is_unbound() OR in_reach(id) OR above_reach(id));
CREATE POLICY reach_insert ON namespace AS RESTRICTIVE FOR INSERT WITH CHECK (is_unbound() OR in_reach(id));
CREATE POLICY reach_update ON namespace AS RESTRICTIVE FOR UPDATE USING (is_unbound() OR in_reach(id));
CREATE POLICY reach_delete ON namespace AS RESTRICTIVE FOR DELETE USING (is_unbound() OR in_reach(id));
CREATE POLICY reach ON task_run AS RESTRICTIVE USING (is_unbound() OR EXISTS (
  SELECT FROM execution e WHERE e.tenant_id = task_run.tenant_id AND e.id = task_run.execution_id));
CREATE POLICY reach ON metric AS RESTRICTIVE USING (is_unbound() OR EXISTS (
  SELECT FROM execution e WHERE e.tenant_id = metric.tenant_id AND e.id = metric.execution_id));
-- What follows from an execution is not bounded by the reach of whoever started it.
ALTER FUNCTION note_execution_event() SET app.namespaces TO '';

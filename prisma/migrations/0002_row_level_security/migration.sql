-- The application works as this role. It owns nothing and can't bypass row-level security.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'millrace_app') THEN
    CREATE ROLE millrace_app NOLOGIN NOINHERIT;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; -- another database of this server was quicker
END $$;

-- The login of the application may become it.
DO $$
BEGIN
  IF NOT pg_has_role(current_user, 'millrace_app', 'SET') THEN
    EXECUTE format('GRANT millrace_app TO %I WITH INHERIT FALSE, SET TRUE', current_user);
  END IF;
END $$;

GRANT USAGE ON SCHEMA public TO millrace_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "user", "session", "tenant" TO millrace_app;

-- Who the current transaction acts for; null when it has not said so, and null equals nothing.
CREATE FUNCTION current_tenant() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('app.tenant', true), '')::uuid;

CREATE FUNCTION current_app_user() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('app.user', true), '')::uuid;

CREATE FUNCTION current_token_hash() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('app.token_hash', true), '');

-- Every table with a tenant_id is handed to this when it is made, in later migrations too.
CREATE FUNCTION secure_tenant_table(name regclass, privileges text DEFAULT 'SELECT, INSERT, UPDATE, DELETE')
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', name);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', name);
  EXECUTE format('CREATE POLICY tenant ON %s USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant())', name);
  EXECUTE format('GRANT %s ON %s TO millrace_app', privileges, name);
END $$;
REVOKE EXECUTE ON FUNCTION secure_tenant_table FROM PUBLIC;

SELECT secure_tenant_table('membership');
SELECT secure_tenant_table('api_token');
SELECT secure_tenant_table('flow');
SELECT secure_tenant_table('flow_revision', 'SELECT, INSERT, DELETE'); -- immutable
SELECT secure_tenant_table('execution');
SELECT secure_tenant_table('task_run');
SELECT secure_tenant_table('log', 'SELECT, INSERT, DELETE');
SELECT secure_tenant_table('metric', 'SELECT, INSERT, DELETE');
SELECT secure_tenant_table('kv_entry');
GRANT USAGE ON SEQUENCE log_position_seq TO millrace_app;

-- Before a tenant is chosen: a user sees which tenants are theirs, and whoever knows a token finds its row.
CREATE POLICY own_membership ON membership FOR SELECT USING (user_id = current_app_user());
CREATE POLICY known_token ON api_token FOR SELECT USING (hash = current_token_hash());

-- A tenant that is to go is marked first: from then on nobody enters it, and workers take it away piece by piece. The row
-- itself stays, with the audit log: it tells the operator who had the tenant deleted, and keeps its address from others, to
-- whom old links and webhooks would lead.
ALTER TABLE "tenant" ADD COLUMN "deletion_requested_at" TIMESTAMPTZ(3);
ALTER TABLE "tenant" ADD COLUMN "deletion_requested_by" UUID;
ALTER TABLE "tenant" ADD COLUMN "deleted_at" TIMESTAMPTZ(3);

-- Removes some rows of the current tenant from each table that has any (partitions one by one: their rows have no common
-- number), and answers how many there were. Runs as the owner, since the application may not delete from all tables; it does
-- so only for a tenant that is marked. The audit log stays.
CREATE FUNCTION erase_tenant_rows(most_of_a_table int) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET app.namespaces TO '' SET app.actor TO '' AS $$
DECLARE name regclass; erased bigint; total bigint := 0;
BEGIN
  PERFORM FROM tenant WHERE id = current_tenant() AND deletion_requested_at IS NOT NULL;
  IF NOT FOUND THEN RAISE EXCEPTION 'the tenant % is not to be deleted', current_tenant(); END IF;
  FOR name IN
    SELECT c.oid::regclass FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
    WHERE c.relkind = 'r' AND n.nspname IN ('public', 'log_partitions') AND c.relname NOT IN ('audit_entry', 'audit_head')
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
REVOKE EXECUTE ON FUNCTION erase_tenant_rows FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_tenant_rows TO millrace_app;

-- Where old entries were cut off, the chain is held by the hash of the last of them: a further cut by somebody else shows.
ALTER TABLE "audit_head" ADD COLUMN "anchor" BYTEA;

-- What was cut before is known by what the first entry says of it.
ALTER TABLE "audit_head" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "audit_entry" NO FORCE ROW LEVEL SECURITY;
UPDATE "audit_head" h SET "anchor" = e."previous" FROM "audit_entry" e
  WHERE e."tenant_id" = h."tenant_id" AND e."position" = h."since" AND h."since" > 1;
UPDATE "audit_head" SET "anchor" = "hash" WHERE "since" > "position";
ALTER TABLE "audit_entry" FORCE ROW LEVEL SECURITY;
ALTER TABLE "audit_head" FORCE ROW LEVEL SECURITY;

-- The position of the first entry that is not as it was written, or that is missing; null where all is whole.
CREATE OR REPLACE FUNCTION audit_break() RETURNS bigint LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT min(broken) FROM (
    SELECT e.position AS broken FROM (
      SELECT a AS entry, a.position, a.previous, a.hash, lag(a.hash) OVER w AS expected, lag(a.position) OVER w AS last
      FROM audit_entry a WHERE a.tenant_id = current_tenant() WINDOW w AS (ORDER BY a.position)
    ) e JOIN audit_head h ON h.tenant_id = current_tenant()
    WHERE e.hash <> audit_digest(e.entry) OR e.previous <> coalesce(e.expected, h.anchor, '')
      OR e.position <> coalesce(e.last + 1, h.since)
    UNION ALL
    SELECT h.position FROM audit_head h WHERE h.tenant_id = current_tenant() AND NOT EXISTS (
      SELECT FROM audit_entry a WHERE a.tenant_id = h.tenant_id AND a.position = h.position AND a.hash = h.hash)
      AND h.position >= h.since
  ) found
$$;

-- Entries from before a date go, the oldest first and at most so many; the chain then begins at the first one that stays.
DROP FUNCTION drop_audit_before(timestamptz);
CREATE FUNCTION drop_audit_before(date timestamptz, most int DEFAULT 1000000) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET app.namespaces TO '' AS $$
DECLARE head audit_head; first_kept bigint; last_hash bytea; dropped bigint;
BEGIN
  SELECT * INTO head FROM audit_head WHERE tenant_id = current_tenant() FOR UPDATE;
  IF NOT FOUND THEN RETURN 0; END IF;
  SELECT min(position) INTO first_kept FROM audit_entry WHERE tenant_id = current_tenant() AND at >= date;
  first_kept := least(coalesce(first_kept, head.position + 1), head.since + most);
  IF first_kept <= head.since THEN RETURN 0; END IF;
  SELECT hash INTO last_hash FROM audit_entry WHERE tenant_id = current_tenant() AND position = first_kept - 1;
  -- A gap just there is not to be covered up.
  IF last_hash IS NULL THEN RETURN 0; END IF;
  DELETE FROM audit_entry WHERE tenant_id = current_tenant() AND position < first_kept;
  GET DIAGNOSTICS dropped = ROW_COUNT;
  UPDATE audit_head SET since = first_kept, anchor = last_hash WHERE tenant_id = current_tenant();
  RETURN dropped;
END $$;
REVOKE EXECUTE ON FUNCTION drop_audit_before FROM PUBLIC;
GRANT EXECUTE ON FUNCTION drop_audit_before TO millrace_app;

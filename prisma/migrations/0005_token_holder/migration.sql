-- Whom an API token speaks for, in one round trip, since every request of the API asks. Runs with the caller's rights:
-- it opens the token's row by its hash, then the tenant's membership, and both settings end with the statement's
-- transaction. Call it on its own, never inside a transaction that goes on.
CREATE FUNCTION token_holder(given_hash text)
RETURNS TABLE (token_id uuid, user_id uuid, tenant_id uuid, slug text, role text, last_used_at timestamptz)
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  PERFORM set_config('app.token_hash', given_hash, true);
  SELECT a.id, a.user_id, a.tenant_id, t.slug, a.last_used_at
    INTO token_id, user_id, tenant_id, slug, last_used_at
    FROM api_token a JOIN tenant t ON t.id = a.tenant_id
    WHERE a.hash = given_hash AND a.revoked_at IS NULL AND (a.expires_at IS NULL OR a.expires_at > now());
  IF NOT FOUND THEN RETURN; END IF;
  PERFORM set_config('app.tenant', token_holder.tenant_id::text, true);
  SELECT m.role INTO role FROM membership m
    WHERE m.tenant_id = token_holder.tenant_id AND m.user_id = token_holder.user_id;
  IF FOUND THEN RETURN NEXT; END IF;
END $$;

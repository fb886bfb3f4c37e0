-- As before, but that old slots are found by the index, one width after another, where all slots were read for each fold; and
-- that the oldest ends are a range of positions, not a join: what that costs hung on what Postgres believes of a table that is
-- empty most of the time.
CREATE OR REPLACE FUNCTION fold_statistics(most int) RETURNS int LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE folded int; width record;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('fold-statistics/' || current_tenant(), 0)) THEN RETURN 0; END IF;
  WITH taken AS (
    DELETE FROM execution_end WHERE tenant_id = current_tenant() AND position <= (
      SELECT max(position) FROM (
        SELECT position FROM execution_end WHERE tenant_id = current_tenant() ORDER BY position LIMIT most) oldest)
    RETURNING *),
  slots AS (
    SELECT tenant_id, w.minutes, slot_of(created_at, w.minutes) AS slot, namespace, flow_id, state, duration_class,
        sum(executions) AS executions
      FROM taken, stat_widths() w GROUP BY 1, 2, 3, 4, 5, 6, 7),
  stats AS (
    INSERT INTO execution_stat AS s (tenant_id, minutes, slot, namespace, flow_id, state, duration_class, executions)
      SELECT * FROM slots
    ON CONFLICT (tenant_id, minutes, slot, namespace, flow_id, state, duration_class) DO UPDATE SET
      executions = s.executions + excluded.executions),
  namespaces AS (
    INSERT INTO namespace_stat AS s (tenant_id, minutes, slot, namespace, state, duration_class, executions)
      SELECT tenant_id, minutes, slot, around, state, duration_class, sum(executions)
        FROM slots, namespaces_around(namespace) around GROUP BY 1, 2, 3, 4, 5, 6
    ON CONFLICT (tenant_id, minutes, slot, namespace, state, duration_class) DO UPDATE SET
      executions = s.executions + excluded.executions),
  flows AS (
    INSERT INTO flow_stat AS s (tenant_id, minutes, slot, namespace, flow_id, executions, failed)
      SELECT tenant_id, w.minutes, slot_of(created_at, w.minutes), namespace, flow_id, sum(executions),
          coalesce(sum(executions) FILTER (WHERE state = 'FAILED'), 0)
        FROM taken, flow_stat_widths() w GROUP BY 1, 2, 3, 4, 5
    ON CONFLICT (tenant_id, minutes, slot, namespace, flow_id) DO UPDATE SET
      executions = s.executions + excluded.executions, failed = s.failed + excluded.failed)
  SELECT count(*) INTO folded FROM taken;
  IF folded > 0 THEN
    FOR width IN SELECT * FROM flow_stat_widths() LOOP
      DELETE FROM execution_stat WHERE tenant_id = current_tenant() AND minutes = width.minutes AND slot < now() - width.kept;
      DELETE FROM namespace_stat WHERE tenant_id = current_tenant() AND minutes = width.minutes AND slot < now() - width.kept;
      DELETE FROM flow_stat WHERE tenant_id = current_tenant() AND minutes = width.minutes AND slot < now() - width.kept;
    END LOOP;
  END IF;
  RETURN folded;
END $$;

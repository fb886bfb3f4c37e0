-- A dashboard reads as few rows of a tenant with thousands of flows as of one with ten. For its bars: the slots of a namespace
-- with those below it; '' is the namespace above all others, which no reach has.
CREATE TABLE "namespace_stat" (
    "tenant_id" UUID NOT NULL,
    "minutes" SMALLINT NOT NULL,
    "slot" TIMESTAMPTZ(3) NOT NULL,
    "namespace" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "duration_class" SMALLINT NOT NULL,
    "executions" INTEGER NOT NULL,

    CONSTRAINT "namespace_stat_pkey" PRIMARY KEY ("tenant_id", "minutes", "slot", "namespace", "state", "duration_class")
);

-- For its list of flows: one row of a flow and slot; there are slots of five days, too.
CREATE TABLE "flow_stat" (
    "tenant_id" UUID NOT NULL,
    "minutes" SMALLINT NOT NULL,
    "slot" TIMESTAMPTZ(3) NOT NULL,
    "namespace" TEXT NOT NULL,
    "flow_id" TEXT NOT NULL,
    "executions" INTEGER NOT NULL,
    "failed" INTEGER NOT NULL,

    CONSTRAINT "flow_stat_pkey" PRIMARY KEY ("tenant_id", "minutes", "slot", "namespace", "flow_id")
);

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['namespace_stat', 'flow_stat'] LOOP
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (tenant_id) REFERENCES tenant(id) ON DELETE CASCADE ON UPDATE CASCADE',
      name, name || '_tenant_id_fkey');
    PERFORM secure_tenant_table(name::regclass);
    EXECUTE format('CREATE POLICY reach ON %I AS RESTRICTIVE USING ((SELECT is_unbound()) OR (namespace || ''.'') ^@ ANY ((SELECT reach_prefixes())::text[]))', name);
  END LOOP;
END $$;

CREATE FUNCTION flow_stat_widths() RETURNS TABLE (minutes smallint, kept interval) LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT * FROM stat_widths() UNION ALL VALUES (7200::smallint, interval '100 days') $$;

-- 'company.team' counts in '', 'company' and 'company.team'.
CREATE FUNCTION namespaces_around(name text) RETURNS SETOF text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT '' UNION ALL SELECT array_to_string(parts[1:depth], '.')
    FROM string_to_array(name, '.') AS parts, generate_series(1, cardinality(parts)) AS depth $$;

-- The namespaces whose sums make up one, or all, as far as the transaction reaches.
CREATE FUNCTION stat_namespaces(asked text) RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE
  RETURN CASE WHEN is_unbound() OR in_reach(asked) THEN ARRAY[asked] ELSE (
    WITH reach AS (SELECT unnest(nullif(current_setting('app.namespaces', true), '')::text[]) AS bound)
    SELECT array_agg(DISTINCT bound) FROM reach WHERE (asked = '' OR starts_with(bound, asked || '.'))
      AND NOT EXISTS (SELECT FROM reach above WHERE starts_with(reach.bound, above.bound || '.'))) END;

-- As before, and into these sums.
CREATE OR REPLACE FUNCTION fold_statistics(most int) RETURNS int LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE folded int;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('fold-statistics/' || current_tenant(), 0)) THEN RETURN 0; END IF;
  WITH oldest AS (SELECT position FROM execution_end WHERE tenant_id = current_tenant() ORDER BY position LIMIT most),
  taken AS (
    DELETE FROM execution_end e USING oldest WHERE e.tenant_id = current_tenant() AND e.position = oldest.position RETURNING e.*),
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
    DELETE FROM execution_stat s USING stat_widths() w
      WHERE s.tenant_id = current_tenant() AND s.minutes = w.minutes AND s.slot < now() - w.kept;
    DELETE FROM namespace_stat s USING stat_widths() w
      WHERE s.tenant_id = current_tenant() AND s.minutes = w.minutes AND s.slot < now() - w.kept;
    DELETE FROM flow_stat s USING flow_stat_widths() w
      WHERE s.tenant_id = current_tenant() AND s.minutes = w.minutes AND s.slot < now() - w.kept;
  END IF;
  RETURN folded;
END $$;

-- What was folded so far. (Migrations run as the owner, whom FORCE binds to the policies, too.)
ALTER TABLE execution_stat NO FORCE ROW LEVEL SECURITY;
ALTER TABLE namespace_stat NO FORCE ROW LEVEL SECURITY;
ALTER TABLE flow_stat NO FORCE ROW LEVEL SECURITY;
INSERT INTO namespace_stat (tenant_id, minutes, slot, namespace, state, duration_class, executions)
  SELECT tenant_id, minutes, slot, around, state, duration_class, sum(executions)
    FROM execution_stat, namespaces_around(namespace) around GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4;
INSERT INTO flow_stat (tenant_id, minutes, slot, namespace, flow_id, executions, failed)
  SELECT tenant_id, w.minutes, slot_of(slot, w.minutes), namespace, flow_id, sum(executions),
      coalesce(sum(executions) FILTER (WHERE state = 'FAILED'), 0)
    FROM execution_stat s JOIN flow_stat_widths() w ON s.minutes = least(w.minutes, 720) GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5;
ALTER TABLE flow_stat FORCE ROW LEVEL SECURITY;
ALTER TABLE namespace_stat FORCE ROW LEVEL SECURITY;
ALTER TABLE execution_stat FORCE ROW LEVEL SECURITY;

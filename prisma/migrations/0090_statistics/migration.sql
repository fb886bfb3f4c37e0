-- What dashboards read: how many executions ended how, and how long they took, by the time at which they were created. Each
-- end is noted by the database in the transaction that ends the execution, as a row of its own, so that no execution waits for
-- another's; a sweep folds these into slots. What is deleted later stays counted: it has run.

-- A duration as the number of its class: class n is (1.2^(n-1), 1.2^n] milliseconds; -1 for what never ran.
CREATE FUNCTION duration_class(since timestamptz, until timestamptz) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN coalesce(ceil(ln(greatest(extract(epoch FROM until - since) * 1000, 1)) / ln(1.2)), -1)::smallint;

-- One end: +1, or -1 when the execution goes on after all.
CREATE TABLE "execution_end" (
    "tenant_id" UUID NOT NULL,
    "position" BIGSERIAL NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "namespace" TEXT NOT NULL,
    "flow_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "duration_class" SMALLINT NOT NULL,
    "executions" INTEGER NOT NULL,

    CONSTRAINT "execution_end_pkey" PRIMARY KEY ("tenant_id", "position")
);

-- In slots of ten minutes, two hours and half a day: each range of a dashboard reads few rows, and bars as wide as its slots.
CREATE TABLE "execution_stat" (
    "tenant_id" UUID NOT NULL,
    "minutes" SMALLINT NOT NULL,
    "slot" TIMESTAMPTZ(3) NOT NULL,
    "namespace" TEXT NOT NULL,
    "flow_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "duration_class" SMALLINT NOT NULL,
    "executions" INTEGER NOT NULL,

    CONSTRAINT "execution_stat_pkey" PRIMARY KEY ("tenant_id", "minutes", "slot", "namespace", "flow_id", "state", "duration_class")
);

-- The namespaces within reach, each with a dot behind it: "company." begins "company.team." and not "company2.".
CREATE FUNCTION reach_prefixes() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE
  RETURN (SELECT array_agg(bound || '.') FROM unnest(current_setting('app.namespaces', true)::text[]) AS bound);

-- How long the slots of each width are kept.
CREATE FUNCTION stat_widths() RETURNS TABLE (minutes smallint, kept interval) LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ VALUES (10::smallint, interval '3 days'), (120::smallint, interval '10 days'), (720::smallint, interval '100 days') $$;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['execution_end', 'execution_stat'] LOOP
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (tenant_id) REFERENCES tenant(id) ON DELETE CASCADE ON UPDATE CASCADE',
      name, name || '_tenant_id_fkey');
    PERFORM secure_tenant_table(name::regclass);
    -- The subqueries are asked once, not for each row: here many rows are read for few.
    EXECUTE format('CREATE POLICY reach ON %I AS RESTRICTIVE USING ((SELECT is_unbound()) OR (namespace || ''.'') ^@ ANY ((SELECT reach_prefixes())::text[]))', name);
  END LOOP;
END $$;
GRANT USAGE ON SEQUENCE execution_end_position_seq TO millrace_app;

CREATE FUNCTION note_end() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp SET app.namespaces TO '' AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND is_ended(OLD.state) THEN
    INSERT INTO execution_end (tenant_id, created_at, namespace, flow_id, state, duration_class, executions)
      VALUES (OLD.tenant_id, OLD.created_at, OLD.namespace, OLD.flow_id, OLD.state, duration_class(OLD.start_date, OLD.end_date), -1);
  END IF;
  IF is_ended(NEW.state) THEN
    INSERT INTO execution_end (tenant_id, created_at, namespace, flow_id, state, duration_class, executions)
      VALUES (NEW.tenant_id, NEW.created_at, NEW.namespace, NEW.flow_id, NEW.state, duration_class(NEW.start_date, NEW.end_date), 1);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER note_end AFTER INSERT ON execution FOR EACH ROW
  WHEN (is_ended(NEW.state) AND NEW.kind = 'NORMAL') EXECUTE FUNCTION note_end();
CREATE TRIGGER note_end_again AFTER UPDATE OF state ON execution FOR EACH ROW
  WHEN (NEW.state <> OLD.state AND NEW.kind = 'NORMAL' AND (is_ended(NEW.state) OR is_ended(OLD.state))) EXECUTE FUNCTION note_end();

CREATE FUNCTION slot_of(at timestamptz, minutes int) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN date_bin(make_interval(mins => minutes), at, '2000-01-01T00:00:00Z');

-- Moves the oldest ends of the transaction's tenant into their slots; how many. Somebody else who folds at the same time does
-- the work of both. Slots that no dashboard reads any more go.
CREATE FUNCTION fold_statistics(most int) RETURNS int LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE folded int;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('fold-statistics/' || current_tenant(), 0)) THEN RETURN 0; END IF;
  WITH oldest AS (SELECT position FROM execution_end WHERE tenant_id = current_tenant() ORDER BY position LIMIT most),
  taken AS (
    DELETE FROM execution_end e USING oldest WHERE e.tenant_id = current_tenant() AND e.position = oldest.position RETURNING e.*),
  slots AS (
    INSERT INTO execution_stat AS s (tenant_id, minutes, slot, namespace, flow_id, state, duration_class, executions)
      SELECT tenant_id, w.minutes, slot_of(created_at, w.minutes), namespace, flow_id, state, duration_class, sum(executions)
        FROM taken, stat_widths() w GROUP BY 1, 2, 3, 4, 5, 6, 7
    ON CONFLICT (tenant_id, minutes, slot, namespace, flow_id, state, duration_class) DO UPDATE SET
      executions = s.executions + excluded.executions)
  SELECT count(*) INTO folded FROM taken;
  IF folded > 0 THEN
    DELETE FROM execution_stat s USING stat_widths() w
      WHERE s.tenant_id = current_tenant() AND s.minutes = w.minutes AND s.slot < now() - w.kept;
  END IF;
  RETURN folded;
END $$;

-- What has run so far. (Migrations run as the owner, whom FORCE binds to the policies, too.)
ALTER TABLE execution NO FORCE ROW LEVEL SECURITY;
ALTER TABLE execution_stat NO FORCE ROW LEVEL SECURITY;
INSERT INTO execution_stat (tenant_id, minutes, slot, namespace, flow_id, state, duration_class, executions)
  SELECT tenant_id, w.minutes, slot_of(created_at, w.minutes), namespace, flow_id, state, duration_class(start_date, end_date), count(*)
    FROM execution, stat_widths() w
    WHERE is_ended(state) AND kind = 'NORMAL' AND created_at > now() - kept GROUP BY 1, 2, 3, 4, 5, 6, 7;
ALTER TABLE execution_stat FORCE ROW LEVEL SECURITY;
ALTER TABLE execution FORCE ROW LEVEL SECURITY;

-- What a tenant used: each execution once, at its first end, and the time of its task runs. Written by the database in the
-- transaction that ends the execution, as a row of its own: no execution waits for another's. A sweep folds these into days.

-- Until when an execution is in the ledger: a restart adds what came after, and is no second execution.
ALTER TABLE "execution" ADD COLUMN "counted_until" TIMESTAMPTZ(3);

CREATE TABLE "usage_event" (
    "tenant_id" UUID NOT NULL,
    "position" BIGSERIAL NOT NULL,
    "day" DATE NOT NULL,
    "namespace" TEXT NOT NULL,
    "flow_id" TEXT NOT NULL,
    "executions" INTEGER NOT NULL,
    "task_ms" BIGINT NOT NULL,

    CONSTRAINT "usage_event_pkey" PRIMARY KEY ("tenant_id", "position")
);

CREATE TABLE "usage_day" (
    "tenant_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "namespace" TEXT NOT NULL,
    "flow_id" TEXT NOT NULL,
    "executions" INTEGER NOT NULL,
    "task_ms" BIGINT NOT NULL,

    CONSTRAINT "usage_day_pkey" PRIMARY KEY ("tenant_id", "day", "namespace", "flow_id")
);

-- The same of a month, in one row: each start of a tenant with a limit reads it.
CREATE TABLE "usage_month" (
    "tenant_id" UUID NOT NULL,
    "month" DATE NOT NULL,
    "executions" INTEGER NOT NULL,

    CONSTRAINT "usage_month_pkey" PRIMARY KEY ("tenant_id", "month")
);

-- Files of internal storage, as they were measured last.
CREATE TABLE "usage_storage" (
    "tenant_id" UUID NOT NULL,
    "namespace" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "files" INTEGER NOT NULL,
    "measured_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "usage_storage_pkey" PRIMARY KEY ("tenant_id", "namespace")
);

-- When a tenant's slow chores were begun last: of several workers one does them.
CREATE TABLE "chore" (
    "tenant_id" UUID NOT NULL,
    "begun_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "chore_pkey" PRIMARY KEY ("tenant_id")
);

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['usage_event', 'usage_day', 'usage_month', 'usage_storage', 'chore'] LOOP
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I FOREIGN KEY (tenant_id) REFERENCES tenant(id) ON DELETE CASCADE ON UPDATE CASCADE',
      name, name || '_tenant_id_fkey');
    PERFORM secure_tenant_table(name::regclass);
  END LOOP;
END $$;
GRANT USAGE ON SEQUENCE usage_event_position_seq TO millrace_app;

CREATE FUNCTION note_counted() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  NEW.counted_until := clock_timestamp();
  RETURN NEW;
END $$;
CREATE TRIGGER note_counted BEFORE INSERT ON execution FOR EACH ROW WHEN (is_ended(NEW.state)) EXECUTE FUNCTION note_counted();
CREATE TRIGGER note_counted_again BEFORE UPDATE OF state ON execution FOR EACH ROW
  WHEN (is_ended(NEW.state) AND NOT is_ended(OLD.state)) EXECUTE FUNCTION note_counted();

-- A task run that holds others would count their time twice. The grouping finds the innermost in one pass, where a join could be
-- planned as a loop in a loop over 100,000 task runs.
CREATE FUNCTION note_usage() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp SET app.namespaces TO '' AS $$
DECLARE since timestamptz := CASE TG_OP WHEN 'UPDATE' THEN OLD.counted_until END;
BEGIN
  INSERT INTO usage_event (tenant_id, day, namespace, flow_id, executions, task_ms)
    SELECT NEW.tenant_id, (NEW.counted_until AT TIME ZONE 'UTC')::date, NEW.namespace, NEW.flow_id,
      CASE WHEN since IS NULL THEN 1 ELSE 0 END, coalesce(sum(innermost.ms), 0)::bigint
    FROM (
      SELECT max(known.ms) AS ms FROM (
        SELECT id, greatest(extract(epoch FROM end_date - greatest(start_date, since)) * 1000, 0) AS ms, false AS holds
          FROM task_run WHERE tenant_id = NEW.tenant_id AND execution_id = NEW.id AND end_date IS NOT NULL
        UNION ALL
        SELECT parent_id, 0, true
          FROM task_run WHERE tenant_id = NEW.tenant_id AND execution_id = NEW.id AND parent_id IS NOT NULL
      ) known GROUP BY known.id HAVING NOT bool_or(known.holds)
    ) innermost;
  RETURN NULL;
END $$;
CREATE TRIGGER note_usage AFTER INSERT ON execution FOR EACH ROW WHEN (NEW.counted_until IS NOT NULL) EXECUTE FUNCTION note_usage();
CREATE TRIGGER note_usage_again AFTER UPDATE OF state ON execution FOR EACH ROW
  WHEN (NEW.counted_until IS DISTINCT FROM OLD.counted_until) EXECUTE FUNCTION note_usage();

-- Moves the oldest events of the transaction's tenant into their days and months; how many. Somebody else who folds at the same
-- time does the work of both.
CREATE FUNCTION fold_usage(most int) RETURNS int LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE folded int;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('fold-usage/' || current_tenant(), 0)) THEN RETURN 0; END IF;
  WITH oldest AS (SELECT position FROM usage_event WHERE tenant_id = current_tenant() ORDER BY position LIMIT most),
  taken AS (
    DELETE FROM usage_event e USING oldest WHERE e.tenant_id = current_tenant() AND e.position = oldest.position RETURNING e.*),
  days AS (
    INSERT INTO usage_day AS u (tenant_id, day, namespace, flow_id, executions, task_ms)
      SELECT tenant_id, day, namespace, flow_id, sum(executions), sum(task_ms) FROM taken GROUP BY 1, 2, 3, 4
    ON CONFLICT (tenant_id, day, namespace, flow_id) DO UPDATE SET
      executions = u.executions + excluded.executions, task_ms = u.task_ms + excluded.task_ms),
  months AS (
    INSERT INTO usage_month AS u (tenant_id, month, executions)
      SELECT tenant_id, date_trunc('month', day::timestamp)::date, sum(executions) FROM taken GROUP BY 1, 2
    ON CONFLICT (tenant_id, month) DO UPDATE SET executions = u.executions + excluded.executions)
  SELECT count(*) INTO folded FROM taken;
  RETURN folded;
END $$;

-- Executions of the month that ended, folded or not.
CREATE FUNCTION used_in_month(tenant uuid, first_day date) RETURNS int LANGUAGE sql STABLE
  RETURN coalesce((SELECT m.executions FROM usage_month m WHERE m.tenant_id = tenant AND m.month = first_day), 0)
    + coalesce((SELECT sum(e.executions)::int FROM usage_event e
      WHERE e.tenant_id = tenant AND e.day >= first_day AND e.day < (first_day + interval '1 month')::date), 0);

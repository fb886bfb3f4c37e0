-- How many executions of a flow were created in the current window of each of its quotas: one row per quota, reused.
CREATE TABLE "quota_window" (
    "tenant_id" UUID NOT NULL,
    "namespace" TEXT NOT NULL,
    "flow_id" TEXT NOT NULL,
    "duration_ms" BIGINT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "used" INTEGER NOT NULL,

    CONSTRAINT "quota_window_pkey" PRIMARY KEY ("tenant_id", "namespace", "flow_id", "duration_ms"),
    CONSTRAINT "quota_window_tenant_id_namespace_flow_id_fkey" FOREIGN KEY ("tenant_id", "namespace", "flow_id")
      REFERENCES "flow"("tenant_id", "namespace", "id") ON DELETE CASCADE ON UPDATE CASCADE
);

SELECT secure_tenant_table('quota_window');

-- Takes a place in each quota of a flow, in order; the position of the first that has none left, and then takes none at
-- all. Windows are fixed and begin with the epoch (a day at midnight UTC). The database's clock counts for everybody,
-- and whoever comes to a quota's row waits for those before.
CREATE FUNCTION take_quota(tenant uuid, in_namespace text, of_flow text, durations_ms bigint[], limits int[])
RETURNS int LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  now_ms bigint := floor(extract(epoch FROM clock_timestamp()) * 1000);
  window_at timestamptz;
BEGIN
  FOR i IN 1 .. coalesce(array_length(durations_ms, 1), 0) LOOP
    window_at := to_timestamp((now_ms - now_ms % durations_ms[i]) / 1000.0);
    INSERT INTO quota_window AS q (tenant_id, namespace, flow_id, duration_ms, started_at, used)
      VALUES (tenant, in_namespace, of_flow, durations_ms[i], window_at, 1)
      ON CONFLICT (tenant_id, namespace, flow_id, duration_ms) DO UPDATE SET
        used = CASE WHEN q.started_at < excluded.started_at THEN 1 ELSE q.used + 1 END,
        started_at = greatest(q.started_at, excluded.started_at)
      WHERE q.started_at < excluded.started_at OR q.used < limits[i];
    IF NOT FOUND THEN
      UPDATE quota_window q SET used = q.used - 1
        WHERE q.tenant_id = tenant AND q.namespace = in_namespace AND q.flow_id = of_flow
          AND q.duration_ms = ANY (durations_ms[1 : i - 1]);
      RETURN i;
    END IF;
  END LOOP;
  RETURN NULL;
END $$;

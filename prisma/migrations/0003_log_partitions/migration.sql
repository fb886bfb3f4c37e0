-- Logs lie in one partition a day (UTC), so that old days are dropped instead of deleted. The application reaches them
-- through "log" and its policy alone: it has no right to this schema.
CREATE SCHEMA log_partitions;

-- Lines of a day that has no partition yet: none is ever refused.
CREATE TABLE log_partitions.log_other PARTITION OF log DEFAULT;
ALTER TABLE log_partitions.log_other ENABLE ROW LEVEL SECURITY;

-- Makes what is missing of yesterday .. `days` ahead, and moves lines that waited in log_other. Called daily.
CREATE FUNCTION create_log_partitions(days int DEFAULT 7) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  today date := (now() AT TIME ZONE 'UTC')::date;
  day date;
  name text;
  lower_bound timestamptz;
  upper_bound timestamptz;
  created int := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('create_log_partitions'));
  FOR offset_days IN -1 .. days LOOP
    day := today + offset_days;
    name := 'log_' || to_char(day, 'YYYYMMDD');
    CONTINUE WHEN to_regclass('log_partitions.' || name) IS NOT NULL;
    lower_bound := day::timestamp AT TIME ZONE 'UTC';
    upper_bound := (day + 1)::timestamp AT TIME ZONE 'UTC';
    EXECUTE format('CREATE TABLE log_partitions.%I (LIKE log INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', name);
    EXECUTE format('ALTER TABLE log_partitions.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format(
      'WITH moved AS (DELETE FROM log_partitions.log_other WHERE "timestamp" >= %L AND "timestamp" < %L RETURNING *)
       INSERT INTO log_partitions.%I SELECT * FROM moved', lower_bound, upper_bound, name);
    EXECUTE format('ALTER TABLE log ATTACH PARTITION log_partitions.%I FOR VALUES FROM (%L) TO (%L)',
      name, lower_bound, upper_bound);
    created := created + 1;
  END LOOP;
  RETURN created;
END $$;
REVOKE EXECUTE ON FUNCTION create_log_partitions FROM PUBLIC;
GRANT EXECUTE ON FUNCTION create_log_partitions TO millrace_app;

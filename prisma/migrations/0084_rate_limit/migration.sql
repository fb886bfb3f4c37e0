-- Attempts that guess at accounts, counted for all web processes together. Unlogged: a crash of Postgres may forget them.
CREATE UNLOGGED TABLE "rate_limit" (
    -- Hash of the limit's name and of what it counts: an address of a person or of a machine.
    "key" TEXT NOT NULL,
    -- Those within the window, the oldest first.
    "times" TIMESTAMPTZ(6)[],
    -- When none of them counts any more.
    "until" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);
CREATE INDEX "rate_limit_until_idx" ON "rate_limit"("until");
GRANT SELECT, INSERT, UPDATE, DELETE ON "rate_limit" TO millrace_app;

-- Counts an attempt; 0, or how many milliseconds until there is room for another where there were too many in the window,
-- this one not counted then. The database's clock counts for everybody, and of those who come at once one is after the other.
CREATE FUNCTION take_attempt(of_key text, most int, window_ms int) RETURNS int LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  length interval := window_ms * interval '1 millisecond';
  now_at timestamptz := clock_timestamp();
  kept timestamptz[];
BEGIN
  -- Now and then, those that nobody asks for any more.
  IF random() < 0.01 THEN
    DELETE FROM rate_limit WHERE key IN (
      SELECT key FROM rate_limit WHERE until < now_at LIMIT 1000 FOR UPDATE SKIP LOCKED);
  END IF;
  INSERT INTO rate_limit (key, times, until) VALUES (of_key, '{}', now_at) ON CONFLICT (key) DO NOTHING;
  SELECT times INTO kept FROM rate_limit WHERE key = of_key FOR UPDATE;
  now_at := clock_timestamp();
  SELECT coalesce(array_agg(t ORDER BY t), '{}') INTO kept FROM unnest(kept) AS t WHERE t > now_at - length;
  IF cardinality(kept) >= most THEN
    RETURN greatest(1, ceil(extract(epoch FROM kept[cardinality(kept) - most + 1] + length - now_at) * 1000));
  END IF;
  UPDATE rate_limit SET times = kept || now_at, until = now_at + length WHERE key = of_key;
  RETURN 0;
END $$;

-- As before, but that a waiting execution which is ended at the very moment at which it gets a place stays ended.
CREATE OR REPLACE FUNCTION admit_queued(tenant uuid, in_namespace text, of_flow text, limits jsonb DEFAULT '{}') RETURNS SETOF text
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  plan_limit int;
  free int;
  room int;
  at_time timestamptz;
BEGIN
  SELECT (limits ->> t.plan)::int INTO plan_limit FROM tenant t WHERE t.id = tenant;
  IF plan_limit IS NOT NULL THEN
    PERFORM pg_advisory_xact_lock(hashtextextended('plan-places/' || tenant, 0));
  END IF;
  PERFORM lock_places(tenant, in_namespace, of_flow);
  -- Not the time at which the transaction began: whoever held the lock may have queued one since.
  at_time := clock_timestamp();
  -- Without a limit it stays null: all of them.
  SELECT greatest((f.concurrency ->> 'limit')::int - places_taken(tenant, in_namespace, of_flow), 0) INTO free
    FROM flow f WHERE f.tenant_id = tenant AND f.namespace = in_namespace AND f.id = of_flow AND f.concurrency IS NOT NULL;
  IF plan_limit IS NOT NULL THEN room := greatest(plan_limit - plan_places_taken(tenant), 0); END IF;
  RETURN QUERY
    UPDATE execution e SET waits_for_plan = false,
      state = CASE WHEN e.resume_from ->> 'mode' = 'restart' THEN 'RESTARTED' ELSE 'CREATED' END
    -- Asked of the row itself once more: the list was made before whoever ended one of them let go of it.
    WHERE e.tenant_id = tenant AND e.state = 'QUEUED' AND e.id IN (
      SELECT q.id FROM execution q
      WHERE q.tenant_id = tenant AND q.namespace = in_namespace AND q.flow_id = of_flow AND q.state = 'QUEUED'
        AND q.waits_since <= at_time
      ORDER BY q.waits_since, q.id LIMIT least(free, room))
    RETURNING e.id;
  -- The flow would let in more: they wait for the plan now, so that the end of any execution is told to them.
  IF room IS NOT NULL AND (free IS NULL OR room < free) THEN
    UPDATE execution SET waits_for_plan = true
      WHERE tenant_id = tenant AND namespace = in_namespace AND flow_id = of_flow AND state = 'QUEUED' AND NOT waits_for_plan
        AND waits_since <= at_time;
  END IF;
END $$;

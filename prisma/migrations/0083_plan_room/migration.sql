-- A plan's limits hold for starts at the very same moment, too: whoever starts something in a tenant with a limit waits for those
-- who do, until their executions are written. A tenant without one is not asked (prisma/usage/find-room.ts).

-- The plan of a tenant that is on one of `limited`, whose places nobody else gives until the transaction ends; null for any other.
-- Before the lock of a flow's places, and never after: admit_queued takes both in this order.
CREATE FUNCTION lock_plan_places(tenant uuid, limited text[]) RETURNS text LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE its_plan text;
BEGIN
  SELECT t.plan INTO its_plan FROM tenant t WHERE t.id = tenant AND t.plan = ANY (limited);
  IF FOUND THEN PERFORM pg_advisory_xact_lock(hashtextextended('plan-places/' || tenant, 0)); END IF;
  RETURN its_plan;
END $$;

-- The same, and what is used and taken once the lock is held; no row where the plan is none of `limited`. Each statement sees what
-- was committed before it: the counts hold what those before have written.
CREATE FUNCTION plan_room(tenant uuid, first_day date, limited text[])
RETURNS TABLE (plan text, used int, running int, waiting int, has_queue boolean)
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE its_plan text := lock_plan_places(tenant, limited);
BEGIN
  IF its_plan IS NULL THEN RETURN; END IF;
  RETURN QUERY SELECT its_plan, used_in_month(tenant, first_day), plan_places_taken(tenant), places_awaited(tenant),
    plan_has_queue(tenant);
END $$;

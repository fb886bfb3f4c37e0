-- What an execution led to: those that it called, and those that a trigger started after it. A column of its own, since an
-- index over a part of JSON is of no use under row-level security.
ALTER TABLE "execution" ADD COLUMN "after_id" TEXT;

CREATE FUNCTION note_after() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  NEW.after_id := NEW.trigger -> 'variables' ->> 'executionId';
  RETURN NEW;
END $$;
CREATE TRIGGER note_after BEFORE INSERT ON execution FOR EACH ROW
  WHEN (NEW.trigger ->> 'type' ~ '\.Flow$') EXECUTE FUNCTION note_after();

-- Those that are there are of all tenants, and the policies hold for the owner, too.
ALTER TABLE "execution" NO FORCE ROW LEVEL SECURITY;
UPDATE "execution" SET "after_id" = "trigger" -> 'variables' ->> 'executionId' WHERE "trigger" ->> 'type' ~ '\.Flow$';
ALTER TABLE "execution" FORCE ROW LEVEL SECURITY;

CREATE INDEX "execution_parent_idx" ON "execution"("tenant_id", "parent_id") WHERE "parent_id" IS NOT NULL;
CREATE INDEX "execution_after_idx" ON "execution"("tenant_id", "after_id") WHERE "after_id" IS NOT NULL;

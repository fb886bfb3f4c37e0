-- Executions of a trigger created before this hold it no more, open or not: somebody unlocked it.
ALTER TABLE "trigger" ADD COLUMN "unlocked_at" TIMESTAMPTZ(3);

-- The few triggers with a backfill, looked for at each word from the database.
CREATE INDEX "trigger_backfill_idx" ON "trigger"("tenant_id") WHERE "backfill" IS NOT NULL;

-- How far a newcomer has come in the first-run tour: a step, DONE or SKIPPED. Who was here before is no newcomer.
ALTER TABLE "user" ADD COLUMN "tour" TEXT NOT NULL DEFAULT 'DONE';

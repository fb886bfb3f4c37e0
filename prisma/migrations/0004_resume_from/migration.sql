-- What a replay goes on from, so that a start that was cut short can be made again.
ALTER TABLE "execution" ADD COLUMN "resume_from" JSONB;

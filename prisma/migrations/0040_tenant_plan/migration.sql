-- What a tenant may use (prisma/plans.ts). Those that are there keep what they have; each new one is given its plan.
ALTER TABLE "tenant" ADD COLUMN "plan" TEXT NOT NULL DEFAULT 'SCALE' CHECK ("plan" IN ('FREE', 'TEAM', 'SCALE'));
ALTER TABLE "tenant" ALTER COLUMN "plan" DROP DEFAULT;

-- Which other namespaces may use what a namespace holds. Unless it is restricted every namespace of the tenant may.
ALTER TABLE "namespace" ADD COLUMN "is_restricted" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "namespace" ADD COLUMN "allowed_namespaces" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];

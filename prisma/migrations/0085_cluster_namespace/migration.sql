-- Since when a cluster keeps a namespace for the tenant's tasks; null again once a worker that reaches it has found none left. A
-- deleted tenant is not gone before: a worker that does not reach the cluster can't tell.
ALTER TABLE "tenant" ADD COLUMN "cluster_used_at" TIMESTAMPTZ(3);

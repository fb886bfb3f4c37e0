-- Who has a flow open to edit it: a row per open page, told anew while it is open (web/server/flows/tell-presence.ts). What
-- is lost with a crash is told again within seconds, so nothing of it is written to the log of the database.
CREATE UNLOGGED TABLE "flow_presence" (
    "tenant_id" UUID NOT NULL,
    "namespace" TEXT NOT NULL,
    "flow_id" TEXT NOT NULL,
    "page_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "is_editing" BOOLEAN NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "flow_presence_pkey" PRIMARY KEY ("tenant_id", "namespace", "flow_id", "page_id")
);
CREATE INDEX "flow_presence_tenant_id_user_id_idx" ON "flow_presence"("tenant_id", "user_id");
ALTER TABLE "flow_presence" ADD CONSTRAINT "flow_presence_tenant_id_namespace_flow_id_fkey" FOREIGN KEY ("tenant_id", "namespace", "flow_id") REFERENCES "flow"("tenant_id", "namespace", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "flow_presence" ADD CONSTRAINT "flow_presence_tenant_id_user_id_fkey" FOREIGN KEY ("tenant_id", "user_id") REFERENCES "membership"("tenant_id", "user_id") ON DELETE CASCADE ON UPDATE CASCADE;

SELECT secure_tenant_table('flow_presence');
CREATE POLICY reach ON flow_presence AS RESTRICTIVE USING (is_unbound() OR in_reach(namespace));

-- Secrets of namespaces, sealed by a data key per tenant; and what is said of a namespace itself.
CREATE TABLE "tenant_key" (
    "tenant_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "wrapped" BYTEA NOT NULL,
    "master_key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tenant_key_pkey" PRIMARY KEY ("tenant_id", "version")
);

CREATE TABLE "secret" (
    "tenant_id" UUID NOT NULL,
    "namespace" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "ciphertext" BYTEA NOT NULL,
    "data_key" INTEGER NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" UUID,

    CONSTRAINT "secret_pkey" PRIMARY KEY ("tenant_id", "namespace", "key", "version")
);

CREATE TABLE "namespace" (
    "tenant_id" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "variables" JSONB NOT NULL DEFAULT '{}',
    "plugin_defaults" JSONB NOT NULL DEFAULT '[]',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "namespace_pkey" PRIMARY KEY ("tenant_id", "id")
);

CREATE INDEX "secret_tenant_id_data_key_idx" ON "secret"("tenant_id", "data_key");

ALTER TABLE "tenant_key" ADD CONSTRAINT "tenant_key_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "secret" ADD CONSTRAINT "secret_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "secret" ADD CONSTRAINT "secret_tenant_id_data_key_fkey" FOREIGN KEY ("tenant_id", "data_key") REFERENCES "tenant_key"("tenant_id", "version") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "namespace" ADD CONSTRAINT "namespace_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

SELECT secure_tenant_table('tenant_key', 'SELECT, INSERT, UPDATE');
SELECT secure_tenant_table('secret', 'SELECT, INSERT, DELETE'); -- a version never changes
SELECT secure_tenant_table('namespace');

-- A tenant's own blueprints. What one says stands in its versions, each save a new one; the row tells which is the newest.
CREATE TABLE "blueprint" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "title" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "blueprint_pkey" PRIMARY KEY ("tenant_id", "id")
);
CREATE UNIQUE INDEX "blueprint_tenant_id_title_key" ON "blueprint"("tenant_id", "title");

CREATE TABLE "blueprint_version" (
    "tenant_id" UUID NOT NULL,
    "blueprint_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "tags" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
    -- A flow's YAML with << arg.name >> where an argument stands.
    "source" TEXT NOT NULL,
    -- The arguments, in the form of a flow's inputs.
    "arguments" JSONB NOT NULL DEFAULT '[]',
    "saved_by" TEXT NOT NULL DEFAULT '',
    "saved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "blueprint_version_pkey" PRIMARY KEY ("tenant_id", "blueprint_id", "version")
);

ALTER TABLE "blueprint" ADD CONSTRAINT "blueprint_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "blueprint_version" ADD CONSTRAINT "blueprint_version_tenant_id_blueprint_id_fkey" FOREIGN KEY ("tenant_id", "blueprint_id") REFERENCES "blueprint"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
SELECT secure_tenant_table('blueprint');
SELECT secure_tenant_table('blueprint_version', 'SELECT, INSERT, DELETE'); -- immutable
CREATE TRIGGER note_audit AFTER INSERT OR UPDATE OR DELETE ON blueprint FOR EACH ROW WHEN (is_acted())
  EXECUTE FUNCTION note_audit('BLUEPRINT', 'title', 'updated_at');

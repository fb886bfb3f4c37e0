-- The gravest lines of all executions are few, and the first that one looks for: found without passing the others.
CREATE INDEX "log_grave_idx" ON "log"("tenant_id", "timestamp" DESC, "position" DESC) WHERE "level" IN ('ERROR', 'WARN');

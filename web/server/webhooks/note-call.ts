import type { TriggerRef } from '#worker/contract'
import type { TenantScope } from '../access/tenant-scope'

/** In a storm of calls, once in a while is enough: all of them would wait for each other's write. */
const calledSql = `
UPDATE trigger SET last_date = now(), evaluated_at = now(), last_execution_id = $5, error = NULL
WHERE tenant_id = $1::uuid AND namespace = $2 AND flow_id = $3 AND trigger_id = $4
  AND (last_date IS NULL OR last_date < now() - interval '5 seconds' OR error IS NOT NULL)`

const problemSql = `
UPDATE trigger SET error = $5
WHERE tenant_id = $1::uuid AND namespace = $2 AND flow_id = $3 AND trigger_id = $4 AND error IS DISTINCT FROM $5`

/** The trigger shows when it was last called, and what it started then. */
export async function noteCall({ db }: TenantScope, ref: TriggerRef, executionId: string): Promise<void> {
  await db.sql({ name: 'webhook-called', text: calledSql, values: [...keyOf(ref), executionId] })
}

/** The trigger shows why calls come to nothing: the caller is not told. */
export async function noteProblem({ db }: TenantScope, ref: TriggerRef, problem: string): Promise<void> {
  await db.sql({ name: 'webhook-problem', text: problemSql, values: [...keyOf(ref), problem] })
}

function keyOf({ tenantId, namespace, flowId, triggerId }: TriggerRef): string[] {
  return [tenantId, namespace, flowId, triggerId]
}

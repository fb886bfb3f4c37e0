import type { TenantScope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import type { Execution } from './execution'
import type { ExecutionRow, TaskRunRow } from './execution-row'
import { toExecution } from './to-execution'

/** Every `wait` and every look at an execution passes here. */
const executionSql = `
SELECT id, namespace, flow_id AS "flowId", flow_revision AS "flowRevision", state, histories, inputs, outputs, variables,
  labels, trigger, parent_id AS "parentId", original_id AS "originalId", kind, attempt, error,
  schedule_date AS "scheduleDate", created_at AS "createdAt", start_date AS "startDate", end_date AS "endDate"
FROM execution WHERE tenant_id = $1::uuid AND id = $2`

const taskRunsSql = `
SELECT id, task_id AS "taskId", parent_id AS "parentId", value, iteration, state, histories, attempts, outputs,
  start_date AS "startDate", end_date AS "endDate"
FROM task_run WHERE tenant_id = $1::uuid AND execution_id = $2 ORDER BY position`

/** An execution with its task runs in the order of their creation; null where there is none. */
export async function findExecution({ db, tenantId, tenant }: TenantScope, id: string): Promise<Execution | null> {
  const values = [tenantId, id]
  const [[row], taskRuns] = (await db.sql(
    { name: 'find-execution', text: executionSql, values },
    { name: 'find-task-runs', text: taskRunsSql, values },
  )) as [ExecutionRow[], TaskRunRow[]]
  return row === undefined ? null : toExecution(row, { tenant, taskRuns, nowMs: Date.now() })
}

export function noSuchExecution(id: string): AppError {
  return new AppError('NOT_FOUND', `There is no execution ${id}`)
}

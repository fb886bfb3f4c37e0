import { AppError } from '../errors/app-error'
import type { Scope } from '../tenant-scope'
import type { Execution } from './execution'
import { executionColumns } from './execution-row'
import { toExecution } from './to-execution'

const taskRunColumns = {
  id: true,
  taskId: true,
  parentId: true,
  value: true,
  iteration: true,
  state: true,
  histories: true,
  attempts: true,
  outputs: true,
  startDate: true,
  endDate: true,
} as const

/** An execution with its task runs in the order of their creation; null where there is none. */
export async function findExecution({ db, tenantId, tenant }: Scope, id: string): Promise<Execution | null> {
  const row = await db.execution.findUnique({
    where: { tenantId_id: { tenantId, id } },
    select: { ...executionColumns, taskRuns: { select: taskRunColumns, orderBy: { position: 'asc' } } },
  })
  return row && toExecution(row, { tenant, taskRuns: row.taskRuns, nowMs: Date.now() })
}

export function noSuchExecution(id: string): AppError {
  return new AppError('NOT_FOUND', `There is no execution ${id}`)
}

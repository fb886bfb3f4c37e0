import { WorkflowNotFoundError } from '@temporalio/client'
import { workflowIdOf } from '#worker/contract'
import { AppError } from '../errors/app-error'
import { temporal } from '../temporal'
import type { Scope } from '../tenant-scope'
import { noSuchExecution } from './find-execution'

/** The state of an execution, which must be one of those that an action is for. */
export async function requireState(
  { db, tenantId }: Scope,
  id: string,
  options: { action: string; isFit: (state: string) => boolean },
): Promise<string> {
  const row = await db.execution.findUnique({ where: { tenantId_id: { tenantId, id } }, select: { state: true } })
  if (row === null) throw noSuchExecution(id)
  if (options.isFit(row.state)) return row.state
  throw new AppError('CONFLICT', `An execution that is ${row.state} can't be ${options.action}`)
}

/** The running workflow of an execution. */
export function workflowOf({ tenantId }: Scope, executionId: string) {
  return temporal().workflow.getHandle(workflowIdOf(tenantId, executionId))
}

/** False where no workflow runs for it: not begun yet, or just ended. */
export async function signalExecution(scope: Scope, id: string, signal: string): Promise<boolean> {
  try {
    await workflowOf(scope, id).signal(signal)
    return true
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false
    throw error
  }
}

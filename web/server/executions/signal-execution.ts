import { WorkflowNotFoundError } from '@temporalio/client'
import { workflowIdOf } from '#worker/contract'
import { beginKilled, endUnstarted } from '#worker/starts'
import type { Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { temporal } from '../temporal'
import { noSuchExecution } from './find-execution'
import { inputColumns, toFlowInput } from './stored-input'

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
export async function signalExecution(scope: Scope, id: string, signal: string, ...args: unknown[]): Promise<boolean> {
  try {
    await workflowOf(scope, id).signal(signal, ...args)
    return true
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false
    throw error
  }
}

type End = { state: 'FAILED' | 'KILLED' | 'CANCELLED'; reason?: string }

/** Asks the workflow of an execution to end it; where it has not begun yet, it never will. */
export async function endBySignal(scope: Scope, id: string, end: End, signal: [string, ...unknown[]]): Promise<void> {
  const { db, tenantId } = scope
  const waitsForDate = { tenantId, id, state: { in: ['CREATED', 'QUEUED'] }, scheduleDate: { gt: new Date() } }
  // A workflow that is not due yet handles no signal.
  if ((await db.execution.count({ where: waitsForDate })) > 0) return endNotBegun(scope, id, end, { isDelayed: true })
  if (!(await signalExecution(scope, id, ...signal))) await endNotBegun(scope, id, end)
}

/** Whoever is just about to start its workflow finds one that is killed. */
async function endNotBegun(scope: Scope, id: string, end: End, { isDelayed = false } = {}): Promise<void> {
  const { db, tenantId } = scope
  if (!(await endUnstarted(db, { tenantId, id }, end))) return
  if (isDelayed && (await wasTerminated(scope, id, end))) return
  const row = await db.execution.findUnique({ where: { tenantId_id: { tenantId, id } }, select: inputColumns })
  if (row !== null) await beginKilled(temporal(), toFlowInput(tenantId, row))
}

async function wasTerminated(scope: Scope, id: string, { state, reason = 'by hand' }: End): Promise<boolean> {
  try {
    await workflowOf(scope, id).terminate(`${state}: ${reason}`)
    return true
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false
    throw error
  }
}

import type { Transaction } from '#db/tenant-db'
import { requirePlanPlace as requirePlaceOfPlan } from '#db/usage/plan-places'
import { type LeaveQueue, leaveQueueSignal } from '#worker/contract'
import type { Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { letBegin } from './change-execution'
import { type Execution, isTerminal } from './execution'
import { getExecution } from './get-execution'
import { resumeExecution } from './resume-execution'
import { requireState, signalExecution } from './signal-execution'
import { startWorkflow } from './start-workflow'
import { inputColumns, toFlowInput } from './stored-input'
import { nameOfUser } from './user-name'

/**
 * Has an execution run now: one that waits in the queue although its flow's limit is reached, one that waits for its date
 * before that date, one that is paused by resuming it.
 */
export async function forceRun(scope: Scope, id: string): Promise<Execution> {
  const state = await requireState(scope, id, { action: 'run now', isFit: found => !isTerminal(found) })
  if (state === 'PAUSED') return resumeExecution(scope, { id, inputs: {} })
  const by = await nameOfUser(scope)
  const message = `${by} had the execution run at once`
  const begins = await letBegin(scope, id, { message, require: tx => requirePlanPlace(tx, scope.tenantId, id) })
  if (begins === undefined) throw new AppError('CONFLICT', `The execution waits for nothing: it is ${state}`)
  if (begins.isEarly) await beginEarly(scope, id)
  else await signalExecution(scope, id, leaveQueueSignal, { state: 'RUNNING' } satisfies LeaveQueue)
  return getExecution(scope, id)
}

/** Past the limit of a flow, never past that of the plan. */
async function requirePlanPlace(tx: Transaction, tenantId: string, id: string): Promise<void> {
  const where = { tenantId, id, state: 'QUEUED', waitsForPlan: true }
  if ((await tx.execution.count({ where })) > 0) await requirePlaceOfPlan(tx, tenantId)
}

/** A workflow that is not due yet handles no signal: another takes its place. */
async function beginEarly({ db, tenantId }: Scope, id: string): Promise<void> {
  const where = { tenantId_id: { tenantId, id } }
  const row = await db.execution.findUniqueOrThrow({ where, select: inputColumns })
  await startWorkflow(toFlowInput(tenantId, row), { isRestart: true })
}

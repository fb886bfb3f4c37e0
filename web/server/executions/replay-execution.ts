import { isJsonObject, type JsonObject } from '#language/json'
import type { ResumeFrom } from '#worker/contract'
import { AppError } from '../errors/app-error'
import { invalidFlow } from '../flows/check-source'
import { understandStored } from '../flows/stored-flow'
import type { Scope } from '../tenant-scope'
import { type Execution, isTerminal } from './execution'
import { createExecutionId } from './execution-id'
import { StoredLabels } from './execution-row'
import { noSuchExecution } from './find-execution'
import { openExecution } from './open-execution'
import { resolveStartInputs } from './resolve-start-inputs'
import { requireState } from './signal-execution'
import { mergeLabels } from './start-execution'

type ReplayExecution = {
  id: string
  revision?: number
  /** From this task run on; what came before is copied. */
  taskRunId?: string
  /** Instead of the inputs it had. */
  inputs?: JsonObject
  /** Copies whatever succeeded and runs the rest: a restart with another revision. */
  keepsDone?: boolean
}

/** Runs an ended execution again as a new one: whole, or from one of its task runs. */
export async function replayExecution(scope: Scope, replay: ReplayExecution): Promise<Execution> {
  await requireState(scope, replay.id, { action: 'replayed', isFit: isTerminal })
  const row = await readReplayed(scope, replay.id)
  if (replay.taskRunId !== undefined) await requireTaskRun(scope, replay.id, replay.taskRunId)
  const revision = replay.revision ?? row.flowRevision
  const { flow, plan, diagnostics } = await understandStored(
    scope,
    { namespace: row.namespace, id: row.flowId },
    revision,
  )
  if (flow === null || plan === null) throw invalidFlow(diagnostics)
  const old = isJsonObject(row.inputs) ? row.inputs : {}
  const opened = await openExecution(scope, {
    id: createExecutionId(),
    plan,
    inputs: replay.inputs === undefined ? old : resolveStartInputs(flow, replay.inputs),
    labels: mergeLabels(StoredLabels.parse(row.labels), [{ key: 'system.replay', value: 'true' }]),
    originalId: row.originalId ?? replay.id,
    resumeFrom: resumeFromOf(replay),
  })
  await markReplayed(scope, replay.id, StoredLabels.parse(row.labels))
  return opened
}

function resumeFromOf({ id, taskRunId, keepsDone }: ReplayExecution): ResumeFrom | undefined {
  if (taskRunId === undefined && !keepsDone) return undefined
  return { executionId: id, mode: 'replay', ...(taskRunId === undefined ? {} : { taskRunId }) }
}

async function readReplayed({ db, tenantId }: Scope, id: string) {
  const row = await db.execution.findUnique({
    where: { tenantId_id: { tenantId, id } },
    select: { namespace: true, flowId: true, flowRevision: true, inputs: true, labels: true, originalId: true },
  })
  if (row === null) throw noSuchExecution(id)
  return row
}

async function requireTaskRun({ db, tenantId }: Scope, executionId: string, id: string): Promise<void> {
  const count = await db.taskRun.count({ where: { tenantId, executionId, id } })
  if (count === 0) throw new AppError('NOT_FOUND', `There is no task run ${id} in this execution`)
}

async function markReplayed({ db, tenantId }: Scope, id: string, labels: StoredLabels): Promise<void> {
  await db.execution.updateMany({
    where: { tenantId, id },
    data: { labels: mergeLabels(labels, [{ key: 'system.replayed', value: 'true' }]) },
  })
}

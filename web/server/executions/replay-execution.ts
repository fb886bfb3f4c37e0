import { isJsonObject, type JsonObject } from '#language/json'
import { mergeLabels } from '#language/labels'
import type { ResumeFrom } from '#worker/contract'
import type { Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { invalidFlow } from '../flows/check-source'
import { findFlowRow, readConcurrency, readSettingsStamp, understandStored } from '../flows/stored-flow'
import { type Execution, isTerminal } from './execution'
import { createExecutionId } from './execution-id'
import { StoredLabels } from './execution-row'
import { noSuchExecution } from './find-execution'
import { openExecution } from './open-execution'
import { resolveStartInputs } from './resolve-start-inputs'
import { requireState } from './signal-execution'

type ReplayExecution = {
  id: string
  revision?: number
  /** With the newest revision of the flow. */
  latestRevision?: boolean
  /** From this task run on; what came before is copied. */
  taskRunId?: string
  /** Instead of the inputs it had. */
  inputs?: JsonObject
  /** With another revision: copies whatever succeeded and runs the rest. */
  isRestart?: boolean
}

/** Runs an ended execution again as a new one: whole, or from one of its task runs. */
export async function replayExecution(scope: Scope, replay: ReplayExecution): Promise<Execution> {
  await requireState(scope, replay.id, { action: 'replayed', isFit: isTerminal })
  const row = await readReplayed(scope, replay.id)
  if (replay.taskRunId !== undefined) await requireTaskRun(scope, replay.id, replay.taskRunId)
  const revision = replay.revision ?? (replay.latestRevision ? await newestRevision(scope, row) : row.flowRevision)
  const { flow, plan, diagnostics } = await understandStored(
    scope,
    { namespace: row.namespace, id: row.flowId },
    revision,
    await readSettingsStamp(scope, row.namespace),
  )
  if (flow === null || plan === null) throw invalidFlow(diagnostics)
  const old = isJsonObject(row.inputs) ? row.inputs : {}
  const opened = await openExecution(scope, {
    id: createExecutionId(),
    plan,
    concurrency: await readConcurrency(scope, { namespace: row.namespace, id: row.flowId }),
    inputs: replay.inputs === undefined ? old : (await resolveStartInputs(scope, flow, replay.inputs)).inputs,
    labels: mergeLabels(StoredLabels.parse(row.labels), [
      { key: replay.isRestart ? 'system.restarted' : 'system.replay', value: 'true' },
    ]),
    originalId: row.originalId ?? replay.id,
    resumeFrom: resumeFromOf(replay),
  })
  if (!replay.isRestart) await markReplayed(scope, replay.id, StoredLabels.parse(row.labels))
  return opened
}

function resumeFromOf({ id, taskRunId, isRestart }: ReplayExecution): ResumeFrom | undefined {
  if (taskRunId === undefined && !isRestart) return undefined
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

async function newestRevision(scope: Scope, row: { namespace: string; flowId: string }): Promise<number> {
  return (await findFlowRow(scope, { namespace: row.namespace, id: row.flowId })).revision
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

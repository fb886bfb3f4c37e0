import type { JsonObject } from '#language/json'
import type { Plan } from '#language/plan'
import { AppError } from '../errors/app-error'
import type { Scope } from '../tenant-scope'
import { type Execution, isTerminal } from './execution'
import { StoredLabels } from './execution-row'
import { noSuchExecution } from './find-execution'
import { getExecution } from './get-execution'
import { replayExecution } from './replay-execution'
import { requireState } from './signal-execution'
import { mergeLabels } from './start-execution'
import { startWorkflow } from './start-workflow'

type RestartExecution = { id: string; revision?: number }

/** Goes on from where it failed or paused, as the same execution; with another revision, as a new one. */
export async function restartExecution(scope: Scope, { id, revision }: RestartExecution): Promise<Execution> {
  const isFit = (state: string) => (isTerminal(state) || state === 'PAUSED') && state !== 'KILLED'
  const state = await requireState(scope, id, { action: 'restarted', isFit })
  const row = await readRestartable(scope, id)
  if (revision !== undefined && revision !== row.flowRevision) {
    return replayExecution(scope, { id, revision, keepsDone: true })
  }
  const labels = mergeLabels(StoredLabels.parse(row.labels), [{ key: 'system.restarted', value: 'true' }])
  const attempt = row.attempt + 1
  const claimed = await scope.db.execution.updateMany({
    where: { tenantId: scope.tenantId, id, state, attempt: row.attempt },
    data: { state: 'RESTARTED', attempt, labels, error: null, endDate: null },
  })
  if (claimed.count === 0) throw new AppError('CONFLICT', 'Somebody else restarted it just now')
  const result = await startWorkflow(
    {
      tenantId: scope.tenantId,
      executionId: id,
      plan: row.plan as Plan,
      inputs: row.inputs as JsonObject,
      labels,
      originalId: row.originalId ?? id,
      createdAtMs: row.createdAt.getTime(),
      attempt,
      resumeFrom: { executionId: id, mode: 'restart' },
    },
    { isRestart: true },
  )
  if (result.outcome !== 'started') await takeBack(scope, id, { state, attempt: row.attempt, endDate: row.endDate })
  return getExecution(scope, id)
}

async function readRestartable({ db, tenantId }: Scope, id: string) {
  const row = await db.execution.findUnique({
    where: { tenantId_id: { tenantId, id } },
    select: {
      flowRevision: true,
      labels: true,
      attempt: true,
      plan: true,
      inputs: true,
      originalId: true,
      createdAt: true,
      endDate: true,
    },
  })
  if (row === null) throw noSuchExecution(id)
  return row
}

/** It was never begun: it stands as it stood, and whoever asked is told. */
async function takeBack(
  scope: Scope,
  id: string,
  before: { state: string; attempt: number; endDate: Date | null },
): Promise<never> {
  await scope.db.execution.updateMany({
    where: { tenantId: scope.tenantId, id, state: 'RESTARTED' },
    data: before,
  })
  throw new AppError('UNAVAILABLE', 'Temporal can not be reached now; restart it again in a moment')
}

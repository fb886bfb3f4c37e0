import type { Prisma } from '#db/generated/client'
import type { Transaction } from '#db/tenant-db'
import { hasPlanPlace } from '#db/usage/plan-places'
import { mergeLabels } from '#language/labels'
import { type ChangedTask, type ExecuteFlowInput, killSignal, type RecordedResume } from '#worker/contract'
import { findPlace } from '#worker/starts'
import type { Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { readConcurrency } from '../flows/stored-flow'
import type { Label } from '../schemas'
import { type Execution, isTerminal } from './execution'
import { noSuchExecution } from './find-execution'
import { getExecution } from './get-execution'
import { signalExecution } from './signal-execution'
import { startWorkflow } from './start-workflow'
import { inputColumns, toFlowInput } from './stored-input'

type Reopen = {
  /** The state it was seen in; whoever comes second is told so. */
  state: string
  labels?: Label[]
  /** Counts as another attempt. */
  isAttempt?: boolean
  changedTask?: ChangedTask
}

/**
 * Has an ended or paused execution go on as itself: what succeeded stays, the rest runs again. One that has ended needs a
 * place of its flow and of its tenant's plan again, and waits for it or is refused; one that is paused still has its place.
 */
export async function reopenExecution(scope: Scope, id: string, reopen: Reopen): Promise<Execution> {
  const row = await readReopened(scope, id)
  const { changedTask } = reopen
  const resumeFrom: RecordedResume = { executionId: id, mode: 'restart', ...(changedTask ? { changedTask } : {}) }
  const stored = toFlowInput(scope.tenantId, { ...row, resumeFrom })
  const labels = mergeLabels(stored.labels, reopen.labels ?? [])
  const attempt = row.attempt + (reopen.isAttempt ? 1 : 0)
  const again = { ...stored, labels, attempt }
  const isQueued = await scope.db.transact(tx => claim(tx, { row, reopen, again, resumeFrom }))
  const result = await startWorkflow(isQueued ? { ...again, isQueued } : again, { isRestart: true })
  if (result.outcome !== 'started') await takeBack(scope, id, row)
  const execution = await getExecution(scope, id)
  // Whoever killed it meanwhile found no workflow yet.
  if (execution.state.current === 'KILLED') await signalExecution(scope, id, killSignal)
  return execution
}

/** States from which an execution may go on as itself. */
export function isReopenable(state: string): boolean {
  return isTerminal(state) && state !== 'KILLED'
}

type ReopenedRow = Awaited<ReturnType<typeof readReopened>>

async function readReopened({ db, tenantId }: Scope, id: string) {
  const row = await db.execution.findUnique({
    where: { tenantId_id: { tenantId, id } },
    select: {
      ...inputColumns,
      namespace: true,
      flowId: true,
      state: true,
      histories: true,
      error: true,
      endDate: true,
    },
  })
  if (row === null) throw noSuchExecution(id)
  return row
}

type Claim = { row: ReopenedRow; reopen: Reopen; again: ExecuteFlowInput; resumeFrom: RecordedResume }

/** Marks the execution as restarted, once; whether it waits for a place of its flow first. */
async function claim(tx: Transaction, { row, reopen, again, resumeFrom }: Claim): Promise<boolean> {
  const { tenantId, executionId: id, attempt, labels } = again
  const needsPlace = isTerminal(row.state)
  // Whoever asks for both asks the plan first.
  const waitsForPlan = needsPlace && again.parentId === undefined && !(await hasPlanPlace(tx, tenantId))
  const waitsForFlow = needsPlace && (await waitsForPlace(tx, tenantId, row))
  const isQueued = waitsForFlow || waitsForPlan
  const date = new Date().toISOString()
  const waiting = ['RESTARTED', 'QUEUED'].map(state => ({ state, date }))
  const claimed = await tx.execution.updateMany({
    where: { tenantId, id, state: reopen.state, attempt: row.attempt },
    data: {
      state: isQueued ? 'QUEUED' : 'RESTARTED',
      waitsForPlan,
      ...(isQueued ? { histories: [...(row.histories as Prisma.InputJsonArray), ...waiting] } : {}),
      resumeFrom: resumeFrom as Prisma.InputJsonObject,
      attempt,
      labels,
      error: null,
      endDate: null,
    },
  })
  if (claimed.count === 0) throw new AppError('CONFLICT', 'Somebody else restarted it just now')
  return isQueued
}

async function waitsForPlace(tx: Transaction, tenantId: string, { namespace, flowId }: ReopenedRow): Promise<boolean> {
  const concurrency = await readConcurrency({ db: tx, tenantId }, { namespace, id: flowId })
  if (concurrency === null) return false
  const found = await findPlace(tx, { tenantId, namespace, flowId }, concurrency)
  if (found !== 'none') return found === 'queue'
  const { limit } = concurrency
  throw new AppError(
    'CONFLICT',
    `The flow ${namespace}.${flowId} runs ${limit} at once, which is its concurrency limit; try again when one of them has ended`,
  )
}

/** It was never begun: it stands as it stood, and whoever asked is told. */
async function takeBack({ db, tenantId }: Scope, id: string, row: ReopenedRow): Promise<never> {
  const { state, attempt, error, endDate } = row
  await db.execution.updateMany({
    where: { tenantId, id, state: { in: ['RESTARTED', 'QUEUED'] } },
    data: { state, attempt, error, endDate, waitsForPlan: false, histories: row.histories as Prisma.InputJsonArray },
  })
  throw new AppError('UNAVAILABLE', 'Temporal can not be reached now; restart it again in a moment')
}

import { CancelledFailure, Context } from '@temporalio/activity'
import type { ExecutionChanges, ExecutionRef, TaskRunRow } from '#db/record-execution'
import { TaskError } from '#language/define-plugin'
import type { JsonObject } from '#language/json'
import type { StepOf } from '#language/plan'
import { holdsStored } from '#language/stored'
import { NoRoomError } from '../runners/runner'
import { isTerminal, type TerminalState } from '../workflows/task-run'
import { beginRun } from './begin-run'
import type { ActivityDependencies } from './dependencies'
import { keepAlive } from './keep-alive'
import type { Masker } from './masking/masker'
import { packOutputs, restoreOutputs, type TravellingOutputs } from './outputs'
import { type Performed, performTask } from './perform-task'
import { openRoomWait, type RoomWait } from './room-wait'
import type { TaskLog } from './task-log'
import { endAttempt, type RecordedRun, toRecorded } from './task-run-rows'

export type RunTaskInput = {
  execution: ExecutionRef
  originalId: string
  parentId?: string
  step: StepOf<'activity'>
  /** As it is before this attempt. */
  run: TaskRunRow
  /** The variables that the task sees. */
  scope: JsonObject
  timeoutMs?: number
  /** What success and failure count as. */
  successState: TerminalState
  failureState: TerminalState
  /** Recorded along with the start of the task. */
  changes?: ExecutionChanges
  /** A folder shared with other tasks. */
  folder?: string
}

export type RunTaskResult = { state: TerminalState; run: RecordedRun; outputs?: JsonObject; isStored: boolean }

export function createRunTask(deps: ActivityDependencies) {
  /** Runs one attempt of a task; records its start, its log while it runs, and its end. */
  return async function runTask(input: RunTaskInput): Promise<RunTaskResult> {
    const { info, cancellationSignal } = Context.current()
    if (info.attempt > 1) {
      const ended = await findEnded(deps, input)
      if (ended !== undefined) return ended
    }
    const room = openRoomWait(info.heartbeatDetails)
    const stopHeartbeat = keepAlive(room.details)
    try {
      await room.passIfRoom(() => deps.commandSessions.hasRoom(keyOf(input)), input.timeoutMs)
      return await runAttempt(deps, { ...input, room }, cancellationSignal, info.attempt > 1)
    } catch (error) {
      throw error instanceof NoRoomError ? room.comeBackLater(error, input.timeoutMs) : error
    } finally {
      stopHeartbeat()
    }
  }
}

/** One attempt, also for the tasks of a WorkingDirectory. */
export async function runAttempt(
  deps: ActivityDependencies,
  input: RunTaskInput & { masker?: Masker; room?: RoomWait },
  killed: AbortSignal,
  isRepeated: boolean,
): Promise<RunTaskResult> {
  const { running, attempt, log, masker } = await beginRun(deps, input, isRepeated)
  await deps.recorder.record(input.execution, withRun(input.changes, running))
  const performed = await performTask(deps, {
    ...input,
    scope: await restoreScope(deps, input),
    taskRunId: running.id,
    value: running.value,
    attempt,
    killed,
    log,
    masker,
  }).catch(async error => {
    if (error instanceof NoRoomError) await writeLines(deps, input, log)
    throw error
  })
  if (performed.state === 'KILLED') throwUnlessKilled()
  return endTask(deps, input, running, withoutSecrets(performed, masker), log)
}

function keyOf({ execution, run }: RunTaskInput) {
  const { tenantId, executionId } = execution
  return { tenantId, executionId, taskRunId: run.id, attempt: run.attempts.length + 1 }
}

/** What was said by an attempt that comes back. */
async function writeLines(deps: ActivityDependencies, { execution }: RunTaskInput, log: TaskLog): Promise<void> {
  await log.settled()
  await deps.recorder.record(execution, { taskRuns: [], removedTaskRuns: [], ...log.take() })
}

function withoutSecrets(performed: Performed, masker: Masker): Performed {
  return performed.outputs === undefined ? performed : { ...performed, outputs: masker.json(performed.outputs) }
}

async function endTask(
  deps: ActivityDependencies,
  input: RunTaskInput,
  running: TaskRunRow,
  performed: Performed,
  log: TaskLog,
): Promise<RunTaskResult> {
  const { execution } = input
  const packed = await pack(deps, input, performed, log)
  const state = endState(input, packed.state)
  if (state === 'SUCCESS' || state === 'WARNING') await keepOutputs(deps, input, performed, log)
  const ended = {
    ...endAttempt(running, state, packed.state, new Date().toISOString()),
    outputs: packed.outputs ?? null,
  }
  await log.settled()
  await deps.recorder.record(execution, { taskRuns: [ended], removedTaskRuns: [], ...log.take() })
  return {
    state,
    run: toRecorded(ended),
    isStored: packed.isStored,
    ...(packed.outputs === undefined ? {} : { outputs: packed.outputs }),
  }
}

/** Before the end is recorded: should the worker be lost in between, the repeated attempt finds them. */
async function keepOutputs(
  deps: ActivityDependencies,
  { step, run }: RunTaskInput,
  { cache, outputs = {} }: Performed,
  log: TaskLog,
): Promise<void> {
  if (cache === undefined) return
  try {
    await cache.save(outputs)
    log.log('DEBUG', `Outputs of the task '${step.id}' are cached`)
  } catch (error) {
    deps.report(error, { taskRunId: run.id })
    log.log('WARN', `The outputs of the task '${step.id}' could not be cached`)
  }
}

type Packed = { state: Performed['state']; isStored: boolean; outputs?: JsonObject }

async function pack(
  deps: ActivityDependencies,
  input: RunTaskInput,
  performed: Performed,
  log: TaskLog,
): Promise<Packed> {
  const { state, outputs } = performed
  if (outputs === undefined || Object.keys(outputs).length === 0) return { state, isStored: false }
  const { tenantId, namespace, flowId, executionId } = input.execution
  const ref = { namespace, flowId, executionId, taskId: input.step.id, taskRunId: input.run.id }
  try {
    const packed: TravellingOutputs = await packOutputs(
      { storage: deps.storage, tenantId, ref, limits: deps.limits },
      outputs,
    )
    return { state, ...packed }
  } catch (error) {
    if (!(error instanceof TaskError)) throw error
    log.log('ERROR', error.message)
    return { state: 'FAILED', isStored: false }
  }
}

function endState(input: RunTaskInput, state: Performed['state']): TerminalState {
  if (state === 'SUCCESS') return input.successState
  return state === 'FAILED' ? input.failureState : state
}

async function restoreScope(deps: ActivityDependencies, { execution, scope }: RunTaskInput): Promise<JsonObject> {
  if (!holdsStored(scope)) return scope
  return (await restoreOutputs(deps.storage, execution.tenantId, scope)) as JsonObject
}

function withRun(changes: ExecutionChanges | undefined, run: TaskRunRow): ExecutionChanges {
  const base = changes ?? { taskRuns: [], removedTaskRuns: [], logs: [], metrics: [] }
  return { ...base, taskRuns: [...base.taskRuns, run] }
}

/** A worker that shuts down stops its tasks, too: then they must run elsewhere, not end. */
export function throwUnlessKilled(): void {
  if (Context.current().cancellationDetails?.cancelRequested) return
  throw new CancelledFailure('The worker shuts down')
}

/** The result of a worker that recorded it, but was lost before Temporal heard of it. */
async function findEnded(
  deps: ActivityDependencies,
  { execution, run }: RunTaskInput,
): Promise<RunTaskResult | undefined> {
  const { tenantId, executionId } = execution
  const row = await deps.db(tenantId).taskRun.findUnique({
    where: { tenantId_executionId_id: { tenantId, executionId, id: run.id } },
  })
  if (row === null || row.version < run.version + 2 || !isTerminal(row.state)) return undefined
  const outputs = row.outputs as JsonObject | null
  return {
    state: row.state,
    run: toRecorded(row as unknown as TaskRunRow),
    isStored: outputs !== null && holdsStored(outputs),
    ...(outputs === null ? {} : { outputs }),
  }
}

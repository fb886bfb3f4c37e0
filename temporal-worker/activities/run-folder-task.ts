import { setTimeout as wait } from 'node:timers/promises'
import { Context } from '@temporalio/activity'
import type { TaskRunRow } from '#db/record-execution'
import { TaskError } from '#language/define-plugin'
import { parseDuration } from '#language/durations'
import type { JsonObject } from '#language/json'
import type { LeafStep, Step } from '#language/plan'
import { newExecutionDelay, nextRetryDelay } from '../workflows/retry'
import { forgive, type TerminalState } from '../workflows/task-run'
import type { ActivityDependencies } from './dependencies'
import type { Masker } from './masking/masker'
import type { Renderer } from './renderer'
import { runPureTask } from './run-pure-task'
import { type RunTaskResult, runAttempt, throwUnlessKilled } from './run-task'
import type { RunWorkingDirectoryInput } from './run-working-directory'
import { toRecorded } from './task-run-rows'

export type FolderRuntime = {
  folder: string
  deps: ActivityDependencies
  input: RunWorkingDirectoryInput
  signal: AbortSignal
  /** One for all: what one task wrote into the folder, the next one reads. */
  masker: Masker
  render: Renderer
}

/**
 * Tries a task of a WorkingDirectory until it succeeds or its policy gives up; all attempts find the folder as the one
 * before left it. `scopeOf` gives the variables that an attempt sees.
 */
export async function runFolderTask(
  runtime: FolderRuntime,
  step: Step,
  row: TaskRunRow,
  scopeOf: (run: TaskRunRow) => JsonObject,
): Promise<RunTaskResult> {
  if (step.kind !== 'activity' && step.kind !== 'pure') {
    throw new TaskError(`${step.type} can't run inside a WorkingDirectory`)
  }
  let run = row
  for (;;) {
    const result = await attempt(runtime, step, run, scopeOf(run))
    run = { ...run, ...result.run }
    if (result.state !== 'FAILED' || step.retry === undefined) return result
    if (isTriedElsewhere(runtime, step)) return result
    const delayMs = nextRetryDelay(step.retry, run, Date.now())
    if (delayMs === undefined) return giveUp(runtime, step, run, result)
    const next = await waitForRetry(runtime, run, delayMs)
    if (next === undefined) return killed(runtime, run)
    run = next
  }
}

type FolderStep = Extract<LeafStep, { kind: 'activity' | 'pure' }>

async function attempt(
  runtime: FolderRuntime,
  step: FolderStep,
  run: TaskRunRow,
  scope: JsonObject,
): Promise<RunTaskResult> {
  const { deps, input, folder, signal, masker } = runtime
  const { execution, originalId, parentId } = input
  const isWarned = step.retry?.warningOnRetry === true && run.attempts.length > 0
  const states: { successState: TerminalState; failureState: TerminalState } = {
    successState: forgive(isWarned ? 'WARNING' : 'SUCCESS', step),
    failureState: step.retry === undefined ? forgive('FAILED', step) : 'FAILED',
  }
  const common = { execution, originalId, ...(parentId === undefined ? {} : { parentId }), run, scope, folder, masker }
  if (step.kind === 'pure') return runPureTask(deps, { ...common, ...states, step }, signal)
  const timeoutMs = await renderTimeout(runtime, step, scope)
  const timeout = timeoutMs === undefined ? {} : { timeoutMs }
  return runAttempt(deps, { ...common, ...timeout, ...states, step }, signal, Context.current().info.attempt > 1)
}

async function renderTimeout({ render }: FolderRuntime, { id, timeout }: Step, scope: JsonObject) {
  if (timeout === undefined) return undefined
  const rendered = await render(timeout.raw, scope, { typed: true })
  const ms = parseDuration(rendered)
  if (ms !== null) return ms
  throw new TaskError(`The timeout of the task '${id}', ${JSON.stringify(rendered)}, is not a duration such as PT30S`)
}

/** The workflow starts another execution then, which tries it again. */
function isTriedElsewhere({ input }: FolderRuntime, { retry }: FolderStep): boolean {
  return input.tried !== undefined && newExecutionDelay(retry, input.tried, Date.now()) !== undefined
}

/** A failure is forgiven once no retry is left. */
async function giveUp(
  runtime: FolderRuntime,
  step: FolderStep,
  run: TaskRunRow,
  result: RunTaskResult,
): Promise<RunTaskResult> {
  const state = forgive('FAILED', step)
  if (state === 'FAILED') return result
  const histories = run.histories.with(-1, { state, date: run.histories.at(-1)!.date })
  const forgiven = await record(runtime, { ...run, state, histories })
  return { ...result, state, run: toRecorded(forgiven) }
}

/** The run as it is to be tried again; undefined where it was killed meanwhile. */
async function waitForRetry(runtime: FolderRuntime, run: TaskRunRow, delayMs: number): Promise<TaskRunRow | undefined> {
  const retrying = await record(runtime, moved(run, 'RETRYING'))
  try {
    await wait(delayMs, undefined, { signal: runtime.signal })
  } catch {
    throwUnlessKilled()
    return undefined
  }
  return record(runtime, moved(retrying, 'CREATED'))
}

async function killed(runtime: FolderRuntime, run: TaskRunRow): Promise<RunTaskResult> {
  const row = await record(runtime, { ...moved(run, 'KILLED'), version: run.version + 1 })
  return { state: 'KILLED', run: toRecorded(row), isStored: false }
}

function moved(run: TaskRunRow, state: string): TaskRunRow {
  return { ...run, state, histories: [...run.histories, { state, date: new Date().toISOString() }] }
}

async function record({ deps, input }: FolderRuntime, run: TaskRunRow): Promise<TaskRunRow> {
  const row = { ...run, version: run.version + 1 }
  await deps.recorder.record(input.execution, { taskRuns: [row], removedTaskRuns: [], logs: [], metrics: [] })
  return row
}

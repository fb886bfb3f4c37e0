import { TaskError } from '#language/define-plugin'
import { formatDuration } from '#language/durations'
import { ExpressionError } from '#language/expressions/types'
import type { JsonObject } from '#language/json'
import type { StepOf } from '#language/plan'
import { NoRoomError } from '../runners/runner'
import type { ActivityDependencies } from './dependencies'
import { maskedError } from './masking/masked-error'
import { runStep } from './run-held-task'
import { openTaskCache, type TaskCache } from './task-cache'
import { type ContextOptions, type OpenContext, openTaskContext } from './task-context'

/** How one attempt of a task went. */
export type Performed = {
  state: 'SUCCESS' | 'FAILED' | 'KILLED'
  outputs?: JsonObject
  /** Where the outputs are to be kept for later executions, should the task run end well. */
  cache?: TaskCache
}

export type PerformOptions = Omit<ContextOptions, 'signal' | 'taskId'> & {
  step: StepOf<'activity'>
  /** Of the task run, where a loop gives it one. */
  value: string | null
  /** Aborted by kill. */
  killed: AbortSignal
}

/** A task that doesn't listen to its signal is given up after this. */
const giveUpMs = 30_000

/**
 * Renders a task's properties, checks them and runs its plugin. What goes wrong for the user is a result, with a log line;
 * a lack of room is thrown (`NoRoomError`), where the task can come back.
 */
export async function performTask(deps: ActivityDependencies, options: PerformOptions): Promise<Performed> {
  const { step, killed, timeoutMs, log } = options
  const leftMs = timeoutMs === undefined ? undefined : Math.max(0, timeoutMs - waitedMs(options))
  const timeout = leftMs === undefined ? undefined : AbortSignal.timeout(Math.min(leftMs, maxTimerMs))
  const signal = timeout === undefined ? killed : AbortSignal.any([killed, timeout])
  const opened = openTaskContext(deps, { ...options, taskId: step.id, signal, timeoutMs: leftMs })
  let cache: TaskCache | undefined
  try {
    cache = await openCache(deps, options, opened)
    const cached = cache && (await findCached(deps, options, cache))
    if (cached !== undefined) return { state: 'SUCCESS', outputs: cached }
    const outputs = await orGivenUp(signal, runStep(deps, step, opened))
    return { state: 'SUCCESS', outputs, cache }
  } catch (error) {
    if (killed.aborted) return { state: 'KILLED' }
    if (error instanceof NoRoomError && !timeout?.aborted) throw error
    const message = timeout?.aborted
      ? `The task took longer than its timeout of ${formatDuration(timeoutMs!)}`
      : explain(error)
    log.log('ERROR', message)
    const where = { tenantId: options.execution.tenantId, taskRunId: options.taskRunId }
    if (!isForUser(error)) deps.report(maskedError(error, opened.masker), where)
    return { state: 'FAILED', cache, ...(error instanceof TaskError ? { outputs: error.outputs } : {}) }
  } finally {
    await opened.close().catch(error => deps.report(error, { taskRunId: options.taskRunId }))
  }
}

/** The time that a task waited for room is part of its timeout. */
function waitedMs({ room }: PerformOptions): number {
  return room?.sinceMs === undefined ? 0 : Date.now() - room.sinceMs
}

function openCache(
  { storage }: ActivityDependencies,
  { execution, step, taskRunId, value }: PerformOptions,
  opened: OpenContext,
): Promise<TaskCache | undefined> | undefined {
  return step.cache && openTaskCache({ storage, execution, step, taskRunId, value }, opened)
}

/** A cache that can't be read is no reason to fail: the task just runs. */
async function findCached(
  deps: ActivityDependencies,
  { step, taskRunId, log }: PerformOptions,
  cache: TaskCache,
): Promise<JsonObject | undefined> {
  try {
    const outputs = await cache.find()
    if (outputs === undefined) return undefined
    log.log('INFO', `Skipping task execution for task '${step.id}' as there is an existing cache entry for it`)
    return outputs
  } catch (error) {
    deps.report(error, { taskRunId })
    log.log('WARN', `The cache of the task '${step.id}' can't be read; the task runs instead`)
    return undefined
  }
}

/** Longer timers fire at once. */
const maxTimerMs = 2 ** 31 - 1

/** The work, or a rejection some time after its signal, should the plugin not listen. */
export async function orGivenUp<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const givenUp = new Promise<never>((_resolve, reject) => {
    const giveUp = () => {
      timer = setTimeout(() => reject(new TaskError('The task did not stop when it was told to')), giveUpMs)
    }
    if (signal.aborted) giveUp()
    else signal.addEventListener('abort', giveUp, { once: true })
  })
  try {
    return await Promise.race([work, givenUp])
  } finally {
    clearTimeout(timer)
  }
}

/** Whether an error is the fault of what a user wrote. */
export function isForUser(error: unknown): boolean {
  return error instanceof TaskError || error instanceof ExpressionError
}

/** What the user reads: the message, never a stack. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (isForUser(error) || error.message !== '') return error.message
  return error.name
}

import { TaskError } from '#language/define-plugin'
import { formatDuration } from '#language/durations'
import { ExpressionError } from '#language/expressions/types'
import type { JsonObject } from '#language/json'
import type { StepOf } from '#language/plan'
import type { ActivityDependencies } from './dependencies'
import { runPlugin } from './run-plugin'
import { type ContextOptions, openTaskContext } from './task-context'

/** How one attempt of a task went. */
export type Performed = { state: 'SUCCESS' | 'FAILED' | 'KILLED'; outputs?: JsonObject }

export type PerformOptions = Omit<ContextOptions, 'signal' | 'taskId'> & {
  step: StepOf<'activity'>
  /** Aborted by kill. */
  killed: AbortSignal
}

/** A task that doesn't listen to its signal is given up after this. */
const giveUpMs = 30_000

/** Renders a task's properties, checks them and runs its plugin. What goes wrong for the user is a result, with a log line. */
export async function performTask(deps: ActivityDependencies, options: PerformOptions): Promise<Performed> {
  const { step, killed, timeoutMs, log } = options
  const timeout = timeoutMs === undefined ? undefined : AbortSignal.timeout(Math.min(timeoutMs, maxTimerMs))
  const signal = timeout === undefined ? killed : AbortSignal.any([killed, timeout])
  const opened = openTaskContext(deps, { ...options, taskId: step.id, signal })
  try {
    const outputs = await orGivenUp(signal, runPlugin(deps, step, opened))
    return { state: 'SUCCESS', outputs }
  } catch (error) {
    if (killed.aborted) return { state: 'KILLED' }
    const message = timeout?.aborted
      ? `The task took longer than its timeout of ${formatDuration(timeoutMs!)}`
      : explain(error)
    log.log('ERROR', message)
    if (!isForUser(error)) deps.report(error, { tenantId: options.execution.tenantId, taskRunId: options.taskRunId })
    return { state: 'FAILED', ...(error instanceof TaskError ? { outputs: error.outputs } : {}) }
  } finally {
    await opened.close().catch(error => deps.report(error, { taskRunId: options.taskRunId }))
  }
}

/** Longer timers fire at once. */
const maxTimerMs = 2 ** 31 - 1

/** The work, or a rejection some time after its signal, should the plugin not listen. */
async function orGivenUp<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
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

function isForUser(error: unknown): boolean {
  return error instanceof TaskError || error instanceof ExpressionError
}

/** What the user reads: the message, never a stack. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (isForUser(error) || error.message !== '') return error.message
  return error.name
}

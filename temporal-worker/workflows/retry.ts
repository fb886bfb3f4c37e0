import type { Retry } from '#language/plan'
import type { ExecuteFlowInput } from '../contract'
import { atRest, type Task } from './task'
import type { TaskRun } from './task-run'
import { recordBeside, type Walk } from './walk'

/** Milliseconds until a failed run is tried again; undefined where its policy gives up. The arithmetic is Kestra's. */
export function nextRetryDelay(
  retry: Retry | undefined,
  run: Pick<TaskRun, 'attempts'>,
  nowMs: number,
): number | undefined {
  if (retry === undefined || retry.behavior !== 'RETRY_FAILED_TASK') return undefined
  const attempts = run.attempts.length
  if (retry.maxAttempts !== undefined && attempts >= retry.maxAttempts) return undefined
  const delayMs = delayAfter(retry, attempts)
  const firstMs = Date.parse(run.attempts[0]?.histories[0]?.date ?? '')
  if (retry.maxDurationMs !== undefined && nowMs + delayMs > firstMs + retry.maxDurationMs) return undefined
  return delayMs
}

/**
 * Milliseconds until a new execution tries the flow again, where the policy asks for one; undefined where it gives up
 * or asks for something else. It counts executions, and time from the first of them.
 */
export function newExecutionDelay(
  retry: Retry | undefined,
  input: Pick<ExecuteFlowInput, 'attempt' | 'createdAtMs'>,
  nowMs: number,
): number | undefined {
  if (retry?.behavior !== 'CREATE_NEW_EXECUTION') return undefined
  if (retry.maxAttempts !== undefined && input.attempt >= retry.maxAttempts) return undefined
  const delayMs = delayAfter(retry, input.attempt)
  const isTooLate = retry.maxDurationMs !== undefined && nowMs + delayMs > input.createdAtMs + retry.maxDurationMs
  return isTooLate ? undefined : delayMs
}

/** Exponential grows by the count of attempts, from zero: so Kestra does, whatever the name says. */
export function delayAfter(retry: Retry, attempts: number): number {
  const capMs = retry.maxIntervalMs ?? Number.POSITIVE_INFINITY
  switch (retry.type) {
    case 'constant':
      return retry.intervalMs
    case 'exponential':
      return Math.min(retry.intervalMs * (retry.delayFactor ?? 2) * (attempts - 1), capMs)
    case 'random':
      return retry.intervalMs + Math.floor(Math.random() * Math.max(0, capMs - retry.intervalMs))
  }
}

/** Waits in state RETRYING; false where meanwhile the run's holder ended without it. */
export function* waitForRetry(walk: Walk, run: TaskRun, delayMs: number): Task<boolean> {
  const { state } = walk
  state.moveRun(run, ...(run.state === 'FAILED' ? ['RETRYING'] : ['FAILED', 'RETRYING']))
  state.retrying(run.parent === undefined)
  run.dueMs = Date.now() + delayMs
  const timer = walk.scope.run(() => walk.host.sleep(delayMs))
  recordBeside(walk)
  yield* atRest(timer)
  return begin(walk, run)
}

/** Waits for the rest of a wait that an earlier run of the workflow began. */
export function* goOnToRetry(walk: Walk, run: TaskRun): Task<boolean> {
  yield* atRest(walk.scope.run(() => walk.host.sleep(leftMs(run))))
  return begin(walk, run)
}

/** What is left of a run's wait; a timer of nothing still is one. */
export function leftMs(run: Pick<TaskRun, 'dueMs'>): number {
  return Math.max(1, (run.dueMs ?? 0) - Date.now())
}

function begin({ state, control }: Walk, run: TaskRun): boolean {
  if (control.isAbandoned(run.parent)) return false
  state.moveRun(run, 'CREATED')
  state.move('RUNNING')
  return true
}

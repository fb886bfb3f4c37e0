import type { Branches, Step } from '#language/plan'
import { Abandoned } from './control'
import { type Task, wait } from './task'
import { type Place, stopsSiblings, type TaskRun, type TerminalState, worstState } from './task-run'
import type { Walk } from './walk'

/** Runs steps one after another until one fails; answers the states of those that ran. */
export function* runInOrder(walk: Walk, steps: readonly Step[], place: Place): Task<TerminalState[]> {
  const states: TerminalState[] = []
  for (const step of steps) {
    const state = yield* walk.runStep(step, place)
    states.push(state)
    if (stopsSiblings(state)) break
  }
  return states
}

/**
 * Runs the tasks of a holder, then its `errors` if one failed, then its `finally`; answers the state they make together.
 * `runTasks` is how the tasks themselves are run; in order if absent.
 */
export function* runBranches(
  walk: Walk,
  branches: Branches,
  parent: TaskRun | undefined,
  runTasks = () => runInOrder(walk, branches.steps, { parent }),
): Task<TerminalState> {
  const states = yield* runTasks()
  if (states.includes('FAILED') && branches.errors !== undefined) {
    states.push(...(yield* runInOrder(walk, branches.errors, { parent })))
  }
  if (branches.finally !== undefined) states.push(...(yield* runInOrder(walk, branches.finally, { parent })))
  return worstState(states)
}

/**
 * Starts works as a sliding window of `limit` (0: all at once). At the first failure it resolves at once: nothing more
 * is started, and what runs already is left alone.
 */
export function* runAtOnce(
  walk: Walk,
  starts: readonly (() => Task<TerminalState[]>)[],
  limit: number,
): Task<TerminalState[]> {
  const states: TerminalState[] = []
  let next = 0
  let running = 0
  let hasStopped = false
  return yield* wait(
    new Promise<TerminalState[]>((resolve, reject) => {
      const onEnd = (ended: TerminalState[]): void => {
        running -= 1
        states.push(...ended)
        hasStopped ||= ended.some(stopsSiblings)
        startMore()
      }
      const onError = (error: unknown): void => {
        if (!(error instanceof Abandoned)) reject(error)
      }
      const startMore = (): void => {
        while (!hasStopped && next < starts.length && (limit <= 0 || running < limit)) {
          running += 1
          walk.scheduler.start(starts[next++]!(), onEnd, onError)
        }
        if (hasStopped || running === 0) resolve(states)
      }
      startMore()
    }),
  )
}

import type { Branches, Step } from '#language/plan'
import { Abandoned } from './control'
import { atRest, type Task } from './task'
import { type Place, stopsSiblings, type TaskRun, type TerminalState, worstState } from './task-run'
import type { Walk } from './walk'

/** Runs steps one after another until one fails, or `stops` says so; answers the states of those that ran. */
export function* runInOrder(
  walk: Walk,
  steps: readonly Step[],
  place: Place,
  stops: (state: TerminalState) => boolean = stopsSiblings,
): Task<TerminalState[]> {
  const states: TerminalState[] = []
  for (const step of steps) {
    const state = yield* walk.runStep(step, place)
    states.push(state)
    if (stops(state)) break
  }
  return states
}

/** As `runInOrder`, but what comes after a failure runs all the same: tasks that tell of an end, or clean up. */
export function runToEnd(walk: Walk, steps: readonly Step[], place: Place): Task<TerminalState[]> {
  return runInOrder(walk, steps, place, finishesBranches(walk) ? isKilled : stopsSiblings)
}

function finishesBranches(walk: Walk): boolean {
  return walk.state.input.plan.finishesBranches === true
}

function isKilled(state: TerminalState): boolean {
  return state === 'KILLED'
}

/**
 * Runs the tasks of a holder, then its `errors` if one failed, then its `finally`; answers the state that the tasks make
 * together, or that it was killed. `runTasks` is how the tasks themselves are run; in order if absent.
 */
export function* runBranches(
  walk: Walk,
  branches: Branches,
  parent: TaskRun | undefined,
  runTasks = () => runInOrder(walk, branches.steps, { parent }),
): Task<TerminalState> {
  const states = yield* runTasks()
  const besides: TerminalState[] = []
  if (states.includes('FAILED') && branches.errors !== undefined) {
    besides.push(...(yield* runToEnd(walk, branches.errors, { parent })))
  }
  if (branches.finally !== undefined) besides.push(...(yield* runToEnd(walk, branches.finally, { parent })))
  return worstState([...states, ...(finishesBranches(walk) ? besides.filter(isKilled) : besides)])
}

export type Works = {
  count: number
  begin(index: number): Task<TerminalState[]>
  /** The states of a work that ended in an earlier run of the workflow. */
  ended(index: number): TerminalState[] | undefined
}

/** More works than these don't run at the same time, whatever the limit: each holds a place in memory and in Temporal. */
const mostAtOnce = 1000

/**
 * Starts works as a sliding window of `limit` (0: all at once). At the first failure it resolves at once: nothing more
 * is started, and what runs already is left alone.
 */
export function* runAtOnce(walk: Walk, works: Works, limit: number): Task<TerminalState[]> {
  const states: TerminalState[] = []
  const left: number[] = []
  for (let index = 0; index < works.count; index++) {
    const ended = works.ended(index)
    if (ended === undefined) left.push(index)
    else states.push(...ended)
  }
  const wanted = limit <= 0 ? left.length : Math.min(limit, left.length)
  const isCapped = wanted > mostAtOnce && (walk.host.history?.mayContinue() ?? true)
  const most = isCapped ? mostAtOnce : wanted
  let next = 0
  let running = 0
  let hasStopped = states.some(stopsSiblings)
  return yield* atRest(
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
        while (!hasStopped && next < left.length && running < most) {
          running += 1
          walk.scheduler.start(works.begin(left[next++]!), onEnd, onError)
        }
        if (hasStopped || running === 0) resolve(states)
      }
      startMore()
    }),
  )
}

/** The states of an iteration's tasks where all of them, or those up to a failure, had ended before. */
export function endedInOrder(
  walk: Walk,
  steps: readonly Step[],
  { parent, iteration }: Pick<Place, 'parent' | 'iteration'>,
): TerminalState[] | undefined {
  const { ended } = walk.state
  if (ended.size === 0) return undefined
  const states: TerminalState[] = []
  for (const step of steps) {
    const state = ended.find(parent, step.id, iteration)
    if (state === undefined) return undefined
    states.push(state)
    if (stopsSiblings(state)) break
  }
  return states
}

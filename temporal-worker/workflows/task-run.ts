import type { JsonObject } from '#language/json'
import type { Step } from '#language/plan'
import { isTerminal, type TerminalState } from '#language/states'

export type StateChange = { state: string; date: string }
export type Attempt = { histories: StateChange[] }

/** One run of a task, as the walk knows it. */
export type TaskRun = {
  id: string
  step: Step
  parent: TaskRun | undefined
  value: string | undefined
  iteration: number | undefined
  /** The iteration of the loop around it, from which the `iteration` of a LoopUntil counts on with each round. */
  placedAt: number | undefined
  /** Order of creation within the execution. */
  position: number
  state: string
  histories: StateChange[]
  attempts: Attempt[]
  outputs: JsonObject | undefined
  /** Of a Loop over a map: the key of each iteration. */
  keys?: readonly string[]
  /** Of a ForEachItem: the file of the batch. */
  items?: string
  /** Epoch milliseconds at which what it waits for is over (Sleep, Pause, LoopUntil, a retry). */
  dueMs?: number
  /** How far a loop that runs in parts has come, as its handler keeps it. */
  progress?: JsonObject
  /** Of a LoopUntil: ids of ended runs of this round that the walk has let go. */
  letGo?: string[]
  /** Counts up with each recorded change. */
  version: number
  /** Log lines written by the workflow for this run. */
  logLines: number
}

/** Where a task run is placed in the tree. */
export type Place = { parent?: TaskRun; value?: string; iteration?: number }

export { isTerminal, type TerminalState }

/** Whether siblings after it don't run. */
export function stopsSiblings(state: TerminalState): boolean {
  return state === 'FAILED' || state === 'KILLED'
}

/** The state of a holder from those of its children: the worst counts; skipped and cancelled ones don't matter. */
export function worstState(states: readonly TerminalState[]): TerminalState {
  for (const worst of ['KILLED', 'FAILED', 'WARNING'] as const) {
    if (states.includes(worst)) return worst
  }
  return 'SUCCESS'
}

/** What `allowFailure` and `allowWarning` make of a state. */
export function forgive(state: TerminalState, step: Pick<Step, 'allowFailure' | 'allowWarning'>): TerminalState {
  const forgiven = state === 'FAILED' && step.allowFailure ? 'WARNING' : state
  return forgiven === 'WARNING' && step.allowWarning ? 'SUCCESS' : forgiven
}

type Placed = Pick<TaskRun, 'parent' | 'value' | 'iteration'>

/**
 * Values of the loops around a run and its own, outermost first: the keys under which its outputs lie. A Loop may have
 * equal values, so there the number of the iteration counts.
 */
export function valuePath(run: Placed): string[] {
  const path: string[] = []
  for (let at: Placed | undefined = run; at !== undefined; at = at.parent) {
    if (at.value === undefined) continue
    path.unshift(at.parent?.step.kind === 'loop' ? String(at.iteration) : at.value)
  }
  return path
}

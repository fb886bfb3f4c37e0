import type { Json } from '#language/json'
import type { Step } from '#language/plan'
import type { Activities } from '../activities'
import { endDate } from './change-batch'
import type { ExecutionChanges } from './changes'
import type { Boundary } from './continue/boundary'
import type { Control } from './control'
import type { ExecutionState } from './execution-state'
import type { Host, Scope } from './host'
import type { Outside } from './outside'
import type { Resumed } from './resumed'
import { atLength, atRest, type Scheduler, type Task } from './task'
import type { Place, TaskRun, TerminalState } from './task-run'

/** How a step ended. */
export type Outcome = { state: TerminalState }

/** All that a step needs to run. */
export type Walk = {
  host: Host
  state: ExecutionState
  control: Control
  scheduler: Scheduler
  /** Work outside the workflow; cancelled by kill. */
  scope: Scope
  activities: Activities
  /** Runs with work outside the workflow; a holder that ends leaves them alone, as Kestra does. */
  active: Set<TaskRun>
  /** Pause tasks that wait, in the order in which they came. */
  paused: PausedRun[]
  /** Runs recorded before a restart that still count. */
  resumed: Resumed | undefined
  /** Where the execution goes on in a fresh history. */
  boundary: Boundary
  outside: Outside
  /** How many records are being written. */
  recording: { count: number }
  /** Ids of Pause tasks that waited before the history began, and which the walk has not come to yet. */
  awaited: Set<string>
  /** While the walk is being put where an earlier one stood. */
  isTakingUp: boolean
  runStep(step: Step, place: Place): Task<TerminalState>
}

export type PausedRun = { run: TaskRun; resume(resumption: { inputs: Json; by?: string }): void }

/** Records what has changed so far, if anything. */
export function record(walk: Walk): Promise<void> {
  const { recording } = walk
  const written = walk.host.record(walk.state)
  recording.count += 1
  const end = () => {
    recording.count -= 1
  }
  written.then(end, end)
  return written
}

/** Records while the walk goes on waiting for something else. */
export function recordBeside(walk: Walk): void {
  void record(walk)
}

/** Takes the changes for someone who records them along with his own. */
export function takeChanges(state: ExecutionState): ExecutionChanges | undefined {
  return state.changes.take(() => {
    state.version += 1
    return {
      state: state.current,
      histories: [...state.histories],
      outputs: state.flowOutputs,
      variables: Object.keys(state.variables).length === 0 ? null : { ...state.variables },
      labels: state.labels.map(label => ({ ...label })),
      error: state.error,
      version: state.version,
      startDate: state.startDate,
      endDate: endDate(state.current, state.histories),
    }
  })
}

export function executionRef(state: ExecutionState) {
  const { tenantId, executionId, plan } = state.input
  return { tenantId, executionId, namespace: plan.flow.namespace, flowId: plan.flow.id }
}

/** Runs work outside the workflow for a leaf, so that kill reaches it and an ended holder doesn't. */
export function atWork<T>(walk: Walk, run: TaskRun, work: () => Promise<T>): Task<T> {
  return whileActive(walk, run, () => atLength(walk.scope.run(work)))
}

/** As `atWork`, for a wait that the next run of the workflow can begin anew. */
export function atRestFor<T>(walk: Walk, run: TaskRun, work: () => Promise<T>): Task<T> {
  return whileActive(walk, run, () => atRest(walk.scope.run(work)))
}

/** Holds the workflow back from its end until the work has come to its own. */
export function* whileActive<T>(walk: Walk, run: TaskRun, work: () => Task<T>): Task<T> {
  walk.active.add(run)
  try {
    return yield* work()
  } finally {
    walk.active.delete(run)
  }
}

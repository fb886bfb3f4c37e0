import { CancellationScope, sleep } from '@temporalio/workflow'
import type { Json } from '#language/json'
import type { Step } from '#language/plan'
import { type LongActivities, recordExecution } from './activities'
import { endDate } from './change-batch'
import type { ExecutionChanges } from './changes'
import type { Control } from './control'
import type { ExecutionState } from './execution-state'
import type { Resumed } from './resumed'
import { type Scheduler, type Task, wait } from './task'
import type { Place, TaskRun, TerminalState } from './task-run'

/** How a step ended. */
export type Outcome = { state: TerminalState }

/** All that a step needs to run. */
export type Walk = {
  state: ExecutionState
  control: Control
  scheduler: Scheduler
  /** Work outside the workflow; cancelled by kill. */
  scope: CancellationScope
  activities: LongActivities
  /** Runs with work outside the workflow; a holder that ends leaves them alone, as Kestra does. */
  active: Set<TaskRun>
  /** Pause tasks that wait, in the order in which they came. */
  paused: PausedRun[]
  /** Runs recorded before a restart that still count. */
  resumed: Resumed | undefined
  runStep(step: Step, place: Place): Task<TerminalState>
}

export type PausedRun = { run: TaskRun; resume(resumption: { inputs: Json; by?: string }): void }

/** Records what has changed so far, if anything. */
export async function record(walk: Walk): Promise<void> {
  const changes = takeChanges(walk.state)
  if (changes === undefined) return
  await CancellationScope.nonCancellable(() => recordExecution({ execution: executionRef(walk.state), changes }))
}

/** Records while the walk goes on waiting for something else. */
export function recordBeside(walk: Walk): void {
  void record(walk)
}

/** Ends the activation: with a record of what has changed, else by the shortest of waits. */
export async function rest(walk: Walk): Promise<void> {
  if (walk.state.changes.size > 0) await record(walk)
  else await CancellationScope.nonCancellable(() => sleep(1))
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
export function* atWork<T>(walk: Walk, run: TaskRun, work: () => Promise<T>): Task<T> {
  walk.active.add(run)
  try {
    return yield* wait(walk.scope.run(work))
  } finally {
    walk.active.delete(run)
  }
}

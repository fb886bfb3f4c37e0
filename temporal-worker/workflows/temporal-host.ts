import { CancellationScope, condition, ParentClosePolicy, sleep, startChild, uuid4 } from '@temporalio/workflow'
import { executeFlowName, flowQueue, workflowIdOf } from '../contract'
import { findWorkers, longActivities, quick, recordExecution } from './activities'
import type { executeFlow } from './execute-flow'
import type { Host } from './host'
import { executionRef, takeChanges } from './walk'

/** A walk as a workflow: each thing it asks for is a command in its history. */
export const temporalHost: Host = {
  uuid4,
  recordsLulls: true,
  sleep,
  condition: (isMet, timeoutMs) => (timeoutMs === undefined ? condition(isMet) : condition(isMet, timeoutMs)),
  newScope: () => new CancellationScope(),
  shielded: work => CancellationScope.nonCancellable(work),
  async record(state) {
    const changes = takeChanges(state)
    if (changes === undefined) return
    await CancellationScope.nonCancellable(() => recordExecution({ execution: executionRef(state), changes }))
  },
  /** Ends the activation: with a record of what has changed, else by the shortest of waits. */
  async rest(state) {
    if (state.changes.size > 0) await temporalHost.record(state)
    else await CancellationScope.nonCancellable(() => sleep(1))
  },
  quick,
  tasksOf: longActivities,
  findWorkers,
  startChild: input =>
    startChild<typeof executeFlow>(executeFlowName, {
      workflowId: workflowIdOf(input.tenantId, input.executionId),
      taskQueue: flowQueue,
      args: [input],
      // Kill is told to the child as a signal, so that it ends its tasks in order.
      parentClosePolicy: ParentClosePolicy.ABANDON,
      priority: { fairnessKey: input.tenantId },
    }),
  limits: {
    // The server gives an activation ten seconds, and has one that takes longer done again.
    stepsPerTurn: 300_000,
    stepsPerRendering: 50_000,
  },
}

import { ParentClosePolicy, sleep, startChild } from '@temporalio/workflow'
import { executeFlowName, flowQueue, workflowIdOf } from '../contract'
import { quick } from './activities'
import type { executeFlow } from './execute-flow'
import { newId } from './execution-state'
import type { Walk } from './walk'

/** Starts the execution that tries the flow again in the place of this one (retry behavior CREATE_NEW_EXECUTION). */
export async function startRetry(walk: Walk, delayMs: number): Promise<void> {
  const { input } = walk.state
  if (delayMs > 0) await sleep(delayMs)
  const { resumeFrom: _ended, ...again } = input
  const next = { ...again, executionId: newId(), parentId: input.executionId, attempt: input.attempt + 1 }
  await quick.createExecution({ input: next })
  await startChild<typeof executeFlow>(executeFlowName, {
    workflowId: workflowIdOf(next.tenantId, next.executionId),
    taskQueue: flowQueue,
    args: [next],
    parentClosePolicy: ParentClosePolicy.ABANDON,
    priority: { fairnessKey: next.tenantId },
  })
}

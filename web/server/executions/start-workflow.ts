import {
  isGrpcServiceError,
  ServiceError,
  WorkflowExecutionAlreadyStartedError,
  type WorkflowStartOptions,
} from '@temporalio/client'
import { type ExecuteFlowInput, executeFlowName, flowQueue, workflowIdOf } from '#worker/contract'
import { log } from '../log'
import { temporal } from '../temporal'

/** gRPC: INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE, UNIMPLEMENTED. Asking again would not help. */
const finalCodes = new Set([3, 9, 11, 12])

/**
 * - `started`: it runs now
 * - `known`: an earlier try had started it
 * - `later`: Temporal can't be asked now; the row stays CREATED and the sweep tries again
 * - `refused`: Temporal won't ever take it
 */
export type StartResult = { outcome: 'started' | 'known' | 'later' } | { outcome: 'refused'; reason: string }

export type StartOptions = {
  /** A restart follows an ended workflow of the same id, or takes the place of a paused one. */
  isRestart?: boolean
  delayMs?: number
}

/** Asks Temporal to walk a plan. Safe to repeat: one id, one open workflow. */
export async function startWorkflow(input: ExecuteFlowInput, options: StartOptions = {}): Promise<StartResult> {
  try {
    await temporal().workflow.start(executeFlowName, toStartOptions(input, options))
    return { outcome: 'started' }
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return { outcome: 'known' }
    const { executionId } = input
    log.error({ err: error, executionId }, 'Temporal did not take an execution')
    return isFinal(error) ? { outcome: 'refused', reason: messageOf(error) } : { outcome: 'later' }
  }
}

function toStartOptions(input: ExecuteFlowInput, { isRestart, delayMs }: StartOptions): WorkflowStartOptions {
  return {
    workflowId: workflowIdOf(input.tenantId, input.executionId),
    taskQueue: flowQueue,
    args: [input],
    workflowIdReusePolicy: isRestart ? 'ALLOW_DUPLICATE' : 'REJECT_DUPLICATE',
    workflowIdConflictPolicy: isRestart ? 'TERMINATE_EXISTING' : 'FAIL',
    // A loud tenant must not starve a quiet one.
    priority: { fairnessKey: input.tenantId },
    ...(delayMs !== undefined && delayMs > 0 ? { startDelay: delayMs } : {}),
  }
}

function isFinal(error: unknown): boolean {
  const cause = error instanceof ServiceError ? error.cause : error
  return isGrpcServiceError(cause) && finalCodes.has(cause.code)
}

function messageOf(error: unknown): string {
  const cause = error instanceof ServiceError ? error.cause : error
  return cause instanceof Error ? cause.message : String(cause)
}

import {
  type Client,
  isGrpcServiceError,
  ServiceError,
  WorkflowExecutionAlreadyStartedError,
  type WorkflowStartOptions,
} from '@temporalio/client'
import { type ExecuteFlowInput, executeFlowName, flowQueue, killSignal, workflowIdOf } from '../contract'

/** gRPC: INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE, UNIMPLEMENTED. Asking again would not help. */
const finalCodes = new Set([3, 9, 11, 12])

/**
 * - `started`: it runs now
 * - `known`: an earlier try had started it
 * - `later`: Temporal can't be asked now; the row stays as it is and the sweep tries again
 * - `refused`: Temporal won't ever take it
 */
export type BeginResult =
  | { outcome: 'started' | 'known' }
  | { outcome: 'later'; error: unknown }
  | { outcome: 'refused'; error: unknown; reason: string }

export type BeginOptions = {
  /** A restart follows an ended workflow of the same id, or takes the place of a paused one. */
  isRestart?: boolean
  /** An earlier try may have begun it: one that runs stays. */
  isRepeat?: boolean
  delayMs?: number
}

/** Asks Temporal to walk a plan. Safe to repeat: one id, one open workflow. */
export async function beginWorkflow(
  client: Client,
  input: ExecuteFlowInput,
  options: BeginOptions = {},
): Promise<BeginResult> {
  try {
    await client.workflow.start(executeFlowName, toStartOptions(input, options))
    return { outcome: 'started' }
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return { outcome: 'known' }
    return isFinal(error) ? { outcome: 'refused', error, reason: messageOf(error) } : { outcome: 'later', error }
  }
}

/** Leaves a workflow that is killed as it begins, so that nobody who is just about to begin it can. */
export async function beginKilled(client: Client, input: ExecuteFlowInput): Promise<void> {
  const options = { ...toStartOptions(input, {}), workflowIdConflictPolicy: 'USE_EXISTING' as const }
  try {
    await client.workflow.signalWithStart(executeFlowName, { ...options, signal: killSignal })
  } catch (error) {
    // It had one, which has ended.
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
  }
}

function toStartOptions(input: ExecuteFlowInput, { isRestart, isRepeat, delayMs }: BeginOptions): WorkflowStartOptions {
  return {
    workflowId: workflowIdOf(input.tenantId, input.executionId),
    taskQueue: flowQueue,
    args: [input],
    workflowIdReusePolicy: isRestart ? 'ALLOW_DUPLICATE' : 'REJECT_DUPLICATE',
    workflowIdConflictPolicy: isRestart && !isRepeat ? 'TERMINATE_EXISTING' : 'FAIL',
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

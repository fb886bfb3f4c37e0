import { ActivityFailure, ApplicationFailure, CancelledFailure, ChildWorkflowFailure } from '@temporalio/common'

/** What a user reads of a failure: its own message, never a stack. */
export function failureMessage(error: unknown): string {
  if (isCancellation(error)) return 'The task was killed'
  if (error instanceof ActivityFailure && error.cause instanceof ApplicationFailure) return error.cause.message
  return error instanceof Error ? error.message : String(error)
}

/** Whether an error is that of cancelled work. */
export function isCancellation(error: unknown): boolean {
  if (error instanceof CancelledFailure) return true
  return (error instanceof ActivityFailure || error instanceof ChildWorkflowFailure) && isCancellation(error.cause)
}

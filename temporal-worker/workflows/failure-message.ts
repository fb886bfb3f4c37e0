import { ActivityFailure, ApplicationFailure, isCancellation } from '@temporalio/workflow'

/** What a user reads of a failure: its own message, never a stack. */
export function failureMessage(error: unknown): string {
  if (isCancellation(error)) return 'The task was killed'
  if (error instanceof ActivityFailure && error.cause instanceof ApplicationFailure) return error.cause.message
  return error instanceof Error ? error.message : String(error)
}

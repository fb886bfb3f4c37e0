import type { Refused } from '../contract'
import type { ExecutionState } from './execution-state'

/** Ends an execution before it begins, and says why. */
export function refuse(execution: ExecutionState, { state, reason }: Refused): void {
  execution.log(undefined, state === 'FAILED' ? 'ERROR' : 'WARN', reason)
  execution.error = reason
  execution.move(state)
}

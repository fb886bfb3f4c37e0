import type { ExecuteFlowInput, Refused } from '../contract'
import { ExecutionState } from '../workflows/execution-state'
import { refuse } from '../workflows/refuse'
import { type EndedChanges, takeAll } from './ended-changes'

/** All there is to record of an execution that ends as it begins. */
export function endAtOnce(input: ExecuteFlowInput, refused: Refused): EndedChanges {
  const state = new ExecutionState(input, () => crypto.randomUUID())
  refuse(state, refused)
  return takeAll(state)
}

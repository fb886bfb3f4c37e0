import type { ExecutionChanges, ExecutionRow } from '../workflows/changes'
import type { ExecutionState } from '../workflows/execution-state'
import { takeChanges } from '../workflows/walk'

/** All there is to record of an execution that has ended where it was started. */
export type EndedChanges = ExecutionChanges & { execution: ExecutionRow }

export function takeAll(state: ExecutionState): EndedChanges {
  state.touch()
  const changes = takeChanges(state)
  if (changes?.execution === undefined) throw new Error('an execution has no row of its own')
  return { ...changes, execution: changes.execution }
}

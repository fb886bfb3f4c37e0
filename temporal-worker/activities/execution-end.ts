import type { JsonObject } from '#language/json'
import type { ExecuteFlowResult } from '../contract'
import { isTerminal } from '../workflows/task-run'
import type { ActivityDependencies } from './dependencies'

export function createReadExecutionEnd(deps: ActivityDependencies) {
  /** How an execution ended; null while it has not. */
  return async function readExecutionEnd(ref: {
    tenantId: string
    executionId: string
  }): Promise<ExecuteFlowResult | null> {
    const row = await deps.db(ref.tenantId).execution.findUnique({
      where: { tenantId_id: { tenantId: ref.tenantId, id: ref.executionId } },
      select: { state: true, outputs: true },
    })
    // One that is deleted has nothing to say any more.
    if (row === null) return { state: 'CANCELLED', outputs: {} }
    return isTerminal(row.state) ? { state: row.state, outputs: (row.outputs ?? {}) as JsonObject } : null
  }
}

import type { Json } from '#language/json'
import type { ActivityDependencies } from '../activities/dependencies'
import { pollExecutionId } from './poll-row'
import { readPollState } from './poll-state'

/** Whether a poll is, or is to be made again, that may start this execution: what it has running is needed. */
export async function isPolled(
  deps: Pick<ActivityDependencies, 'db'>,
  { tenantId, executionId }: { tenantId: string; executionId: string },
): Promise<boolean> {
  const rows = await deps.db(tenantId).trigger.findMany({
    where: { tenantId, kind: 'polling', disabled: false },
    select: { tenantId: true, namespace: true, flowId: true, triggerId: true, state: true },
  })
  return rows.some(({ state, ...ref }) => pollExecutionId(ref, readPollState(state as Json)) === executionId)
}

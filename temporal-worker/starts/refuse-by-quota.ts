import { takeQuota } from '#db/quotas'
import type { ScopedDb } from '#db/tenant-db'
import { formatDuration } from '#language/durations'
import type { PlanQuota } from '#language/plan'
import type { ExecuteFlowInput, Refused } from '../contract'

/** Counts an execution that is about to be created in the quotas of its flow; why it is refused where one is used up. */
export async function refuseByQuota(
  db: Pick<ScopedDb, 'sql'>,
  { tenantId, plan }: Pick<ExecuteFlowInput, 'tenantId' | 'plan'>,
): Promise<Refused | undefined> {
  const { flow, quotas = [] } = plan
  const breached = await takeQuota(db, { tenantId, namespace: flow.namespace, flowId: flow.id }, quotas)
  return breached && refusalOf(breached)
}

function refusalOf({ durationMs, limit, behavior }: PlanQuota): Refused {
  const reason = `The quota of the flow is used up: ${limit} executions in ${formatDuration(durationMs)}`
  return { state: behavior === 'FAIL' ? 'FAILED' : 'CANCELLED', reason }
}

import { sealAudit } from '#db/seal-audit'
import { foldStatistics } from '#db/usage/fold-statistics'
import { foldUsage } from '#db/usage/fold-usage'
import type { ActivityDependencies } from '../activities/dependencies'
import { admitAllQueued } from '../starts/admit-queued'
import { catchUp } from '../triggers/fire-schedule'

/** So late, Temporal's own look at a schedule has failed or was never there. */
const lateMs = 5000

/**
 * Does what a lost word or a crash has left undone: queues with free places, and schedules nobody looked at. Puts what was
 * used into the ledger's days, how executions ended into the dashboards' slots, and what people started into the audit
 * log's chain.
 */
export async function sweepTenant(deps: ActivityDependencies, tenantId: string): Promise<void> {
  const db = deps.db(tenantId)
  await foldUsage(db)
  await foldStatistics(db)
  await sealAudit(db)
  await admitAllQueued({ db, client: deps.client }, tenantId)
  const late = await db.trigger.findMany({
    where: { tenantId, kind: 'schedule', disabled: false, nextDate: { lt: new Date(Date.now() - lateMs) } },
    select: { namespace: true, flowId: true, triggerId: true },
  })
  for (const key of late) await catchUp(deps, { tenantId, ...key })
}

import { planNamed, plans } from '#db/plans'
import type { ScopedDb } from '#db/tenant-db'
import { endGrace } from '#db/usage/end-grace'
import { measureStorage } from '#db/usage/measure-storage'
import type { ActivityDependencies } from '../activities/dependencies'
import { deleteOldAudit } from './delete-old-audit'
import { deleteOldExecutions } from './delete-old-executions'

type ChoreWorld = Pick<ActivityDependencies, 'db' | 'storage'>

const dayMs = 86_400_000
const everyMs = 3_600_000

/** The chores of a tenant, unless a worker has begun them within the hour. */
export async function doChores(deps: ChoreWorld, tenantId: string, now = new Date()): Promise<void> {
  const db = deps.db(tenantId)
  if (!(await claim(db, tenantId, now))) return
  await endGrace(db, tenantId, now)
  const { plan } = await db.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { plan: true } })
  const { retentionDays, auditRetentionDays, storageBytes } = plans[planNamed(plan)].limits
  const world = { db, storage: deps.storage, tenantId }
  if (retentionDays !== null) await deleteOldExecutions(world, new Date(now.getTime() - retentionDays * dayMs))
  if (auditRetentionDays !== null) await deleteOldAudit(db, new Date(now.getTime() - auditRetentionDays * dayMs))
  // Stripe sends nothing again after so long.
  await db.stripeEvent.deleteMany({ where: { tenantId, receivedAt: { lt: new Date(now.getTime() - 90 * dayMs) } } })
  // To list all files costs: where nothing depends on it, once a day is enough.
  if (storageBytes !== null || !(await isMeasured(db, tenantId, now))) await measureStorage(world, tenantId)
}

async function claim(db: ScopedDb, tenantId: string, now: Date): Promise<boolean> {
  const before = new Date(now.getTime() - everyMs)
  const claimed = await db.$executeRaw`
    insert into chore (tenant_id, begun_at) values (${tenantId}::uuid, ${now})
    on conflict (tenant_id) do update set begun_at = excluded.begun_at where chore.begun_at < ${before}`
  return claimed > 0
}

async function isMeasured(db: ScopedDb, tenantId: string, now: Date): Promise<boolean> {
  const measuredAt = { gt: new Date(now.getTime() - dayMs) }
  return (await db.usageStorage.count({ where: { tenantId, measuredAt } })) > 0
}

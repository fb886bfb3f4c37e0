import { type PlanName, planNamed, plans } from '../plans'
import type { ScopedDb } from '../tenant-db'
import { planLimitReached } from './plan-limit'

/** A plan that changes, and what the sweep measured, are known within. */
const knownForMs = 30_000

type Known = { plan: PlanName; used: number; untilMs: number }

export type StorageRoom = {
  /** Throws PlanLimitReached where a tenant's files fill its plan. */
  require(db: ScopedDb, tenantId: string): Promise<void>
  /** What this process has stored since it was measured. */
  add(tenantId: string, bytes: number): void
}

/** Whether a tenant may store another file: what was measured last, and what this process has added since it asked. */
export function createStorageRoom(keepMs = knownForMs): StorageRoom {
  const known = new Map<string, Known>()
  return {
    async require(db, tenantId) {
      let room = known.get(tenantId)
      if (room === undefined || Date.now() > room.untilMs) {
        room = { ...(await readUsed(db, tenantId)), untilMs: Date.now() + keepMs }
        known.set(tenantId, room)
      }
      const { plan, used } = room
      const most = plans[plan].limits.storageBytes
      if (most !== null && used >= most) throw planLimitReached('storageBytes', { plan, most, used })
    },
    add(tenantId, bytes) {
      const room = known.get(tenantId)
      if (room !== undefined) room.used += bytes
    },
  }
}

async function readUsed(db: ScopedDb, tenantId: string): Promise<{ plan: PlanName; used: number }> {
  const [tenant, bytes] = await Promise.all([
    db.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { plan: true } }),
    storedBytes(db, tenantId),
  ])
  return { plan: planNamed(tenant.plan), used: bytes }
}

/** All files of a tenant, as they were measured last. */
export async function storedBytes(db: ScopedDb, tenantId: string): Promise<number> {
  const { _sum } = await db.usageStorage.aggregate({ where: { tenantId }, _sum: { bytes: true } })
  return Number(_sum.bytes ?? 0)
}

import type { ScopedDb } from './tenant-db'

/** Keeps that a cluster has a namespace of a tenant's, so that its deletion waits for a worker that can remove it. */
export async function noteClusterUse(db: ScopedDb, tenantId: string): Promise<void> {
  const where = { id: tenantId, clusterUsedAt: null }
  await db.tenant.updateMany({ where, data: { clusterUsedAt: new Date() } })
}

import type { Scope } from '../access/tenant-scope'
import type { TenantRecord } from './tenant'

export async function getTenant({ db, tenantId }: Scope): Promise<TenantRecord> {
  const { id, slug, name, plan, createdAt } = await db.tenant.findUniqueOrThrow({ where: { id: tenantId } })
  return { id, slug, name, plan, createdAt: createdAt.toISOString() }
}

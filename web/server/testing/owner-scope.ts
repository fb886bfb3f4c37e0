import { tenantDb } from '#db/tenant-db'
import { builtInGrant } from '../access/access'
import type { Role } from '../access/permissions'
import type { Scope } from '../access/tenant-scope'

/** A tenant as a member of it sees it whose role is for all of it; an owner where none is said. */
export function scopeOf(
  { tenantId, tenant, userId }: { tenantId: string; tenant: string; userId: string },
  role: Role = 'OWNER',
): Scope {
  const db = tenantDb(tenantId)
  return { db, wholeDb: db, tenantId, tenant, userId, access: { grants: [builtInGrant(role, null)] } }
}

import { database } from '#db/client'
import { hashToken } from '#db/credentials'
import { tenantDb } from '#db/tenant-db'
import type { Principal } from '../auth/principal'
import { isRole } from '../permissions'

/** Written at most this often, however many requests a token makes. */
const touchAfterMs = 60_000

type Holder = { tokenId: string; userId: string; tenantId: string; slug: string; role: string; lastUsedAt: Date | null }

/** Who a token speaks for; null when unknown, expired or revoked, or when its creator left the tenant. Never cached. */
export async function findToken(value: string): Promise<Principal | null> {
  const [holder] = await database().$queryRaw<Holder[]>`
    select token_id as "tokenId", user_id as "userId", tenant_id as "tenantId", slug, role, last_used_at as "lastUsedAt"
    from token_holder(${hashToken(value)})`
  if (holder === undefined || !isRole(holder.role)) return null
  const { tokenId, userId, tenantId, slug, role, lastUsedAt } = holder
  if (Date.now() - (lastUsedAt?.getTime() ?? 0) > touchAfterMs) await touchToken(tenantId, tokenId)
  return { kind: 'token', userId, tokenId, tenant: { id: tenantId, slug }, role }
}

async function touchToken(tenantId: string, id: string): Promise<void> {
  await tenantDb(tenantId).apiToken.updateMany({ where: { tenantId, id }, data: { lastUsedAt: new Date() } })
}

import { hashToken } from '#db/credentials'
import { tenantDb, tokenDb } from '#db/tenant-db'
import type { Principal } from '../auth/principal'
import { isRole } from '../permissions'

/** Written at most this often, however many requests a token makes. */
const touchAfterMs = 60_000

/** Who a token speaks for; null when unknown, expired or revoked, or when its creator left the tenant. Never cached. */
export async function findToken(value: string): Promise<Principal | null> {
  const hash = hashToken(value)
  const token = await tokenDb(hash).apiToken.findUnique({
    where: { hash, revokedAt: null },
    select: { id: true, userId: true, expiresAt: true, lastUsedAt: true, tenant: { select: { id: true, slug: true } } },
  })
  if (token === null || (token.expiresAt !== null && token.expiresAt.getTime() <= Date.now())) return null
  const { id: tokenId, userId, tenant } = token
  const db = tenantDb(tenant.id)
  const membership = await db.membership.findUnique({
    where: { tenantId_userId: { tenantId: tenant.id, userId } },
    select: { role: true },
  })
  if (membership === null || !isRole(membership.role)) return null
  if (Date.now() - (token.lastUsedAt?.getTime() ?? 0) > touchAfterMs) {
    await db.apiToken.updateMany({ where: { id: tokenId }, data: { lastUsedAt: new Date() } })
  }
  return { kind: 'token', userId, tokenId, tenant, role: membership.role }
}

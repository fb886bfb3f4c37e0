import { z } from 'zod'
import { hashToken } from '#db/credentials'
import { tenantDb, tokenDb } from '#db/tenant-db'
import { GrantRows, TokenScope, toGrants } from '../access/access'
import type { Principal } from '../auth/principal'

/** Written at most this often, however many requests a token makes. */
const touchAfterMs = 60_000

const Holder = z.object({
  tokenId: z.string(),
  userId: z.string(),
  tenantId: z.string(),
  slug: z.string(),
  lastUsedAt: z.date().nullable(),
  scope: TokenScope.nullable(),
  grants: GrantRows,
})

/** Every request of the API passes here. */
const findSql = `
SELECT token_id AS "tokenId", user_id AS "userId", tenant_id AS "tenantId", slug, last_used_at AS "lastUsedAt", scope, grants
FROM token_holder($1)`

/** Who a token speaks for; null when unknown, expired or revoked, or when its holder left the tenant. Never cached. */
export async function findToken(value: string): Promise<Principal | null> {
  const hash = hashToken(value)
  const [rows = []] = await tokenDb(hash).sql({ name: 'find-token', text: findSql, values: [hash] })
  if (rows[0] === undefined) return null
  const { tokenId, userId, tenantId, slug, lastUsedAt, scope, grants } = Holder.parse(rows[0])
  if (Date.now() - (lastUsedAt?.getTime() ?? 0) > touchAfterMs) await touchToken(tenantId, tokenId)
  const access = { grants: toGrants(grants), ...(scope !== null && { scope }) }
  return { kind: 'token', userId, tokenId, tenant: { id: tenantId, slug }, access }
}

async function touchToken(tenantId: string, id: string): Promise<void> {
  await tenantDb(tenantId).apiToken.updateMany({ where: { tenantId, id }, data: { lastUsedAt: new Date() } })
}

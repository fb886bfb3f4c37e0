import type { Scope } from '../access/tenant-scope'
import { tokenColumns, toToken } from './to-token'
import type { Token } from './token'

/** One's own tokens of the tenant that still work, newest first. */
export async function listTokens({ db, tenantId, userId }: Scope): Promise<Token[]> {
  const rows = await db.apiToken.findMany({
    where: { tenantId, userId, revokedAt: null },
    select: tokenColumns,
    orderBy: { createdAt: 'desc' },
  })
  return rows.map(toToken)
}

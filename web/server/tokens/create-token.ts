import { createToken as createTokenValue } from '#db/credentials'
import type { Scope } from '../tenant-scope'
import { tokenColumns, toToken } from './to-token'
import type { NewToken } from './token'

const dayMs = 86_400_000

/** A token that acts as its creator; its value is in this reply alone. */
export async function createToken(
  { db, tenantId, userId }: Scope,
  { name, expiresInDays }: { name: string; expiresInDays?: number },
): Promise<NewToken> {
  const { token, hash, lastFour } = createTokenValue()
  const expiresAt = expiresInDays === undefined ? null : new Date(Date.now() + expiresInDays * dayMs)
  const row = await db.apiToken.create({
    data: { tenantId, userId, name, hash, lastFour, expiresAt },
    select: tokenColumns,
  })
  return { ...toToken(row), value: token }
}

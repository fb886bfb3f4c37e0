import { createToken as createTokenValue } from '#db/credentials'
import { isWithin, type TokenScope } from '../access/access'
import type { Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'
import { tokenColumns, toToken } from './to-token'
import type { NewToken } from './token'

const dayMs = 86_400_000

type Wanted = { name: string; expiresInDays?: number | undefined; scope?: TokenScope | undefined }

/** A token that acts as its creator, within its scope; its value is in this reply alone. */
export async function createToken(
  { db, tenantId, userId, access }: Scope,
  { name, expiresInDays, scope }: Wanted,
): Promise<NewToken> {
  const { token, hash, lastFour } = createTokenValue()
  const expiresAt = expiresInDays === undefined ? null : new Date(Date.now() + expiresInDays * dayMs)
  const within = narrower(access.scope, scope)
  const row = await db.apiToken.create({
    data: { tenantId, userId, name, hash, lastFour, expiresAt, ...(within && { scope: within }) },
    select: tokenColumns,
  })
  return { ...toToken(row), value: token }
}

/** What a token makes is within its own scope; without a word it has the same. */
function narrower(own: TokenScope | undefined, wanted: TokenScope | undefined): TokenScope | undefined {
  if (own === undefined || wanted === undefined) return wanted ?? own
  const { permissions = own.permissions, namespaces = own.namespaces } = wanted
  const isMore =
    (own.permissions && !permissions?.every(permission => own.permissions?.includes(permission))) ||
    (own.namespaces && !namespaces?.every(name => own.namespaces?.some(bound => isWithin(name, bound))))
  if (isMore) throw new AppError('FORBIDDEN', 'scope: a token can make no token that may do more than itself')
  return { ...(permissions && { permissions }), ...(namespaces && { namespaces }) }
}

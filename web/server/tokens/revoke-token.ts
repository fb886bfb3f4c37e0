import type { Scope } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'

/** Ends one of the sender's own tokens; the next request with it is refused. */
export async function revokeToken({ db, tenantId, userId }: Scope, id: string): Promise<{ id: string }> {
  const { count } = await db.apiToken.updateMany({
    where: { tenantId, userId, id, revokedAt: null },
    data: { revokedAt: new Date() },
  })
  if (count === 0) throw new AppError('NOT_FOUND', 'There is no such token')
  return { id }
}

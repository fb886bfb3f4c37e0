import { userDb } from '#db/tenant-db'
import { covers } from '../access/access'
import { permissionsOf } from '../access/permissions'
import { findAccess } from '../access/tenant-scope'
import { AppError } from '../errors/app-error'

/** Whether somebody is an owner, for the whole tenant, wherever somebody else is a member. */
export async function ownsAllOf(ownerId: string, memberId: string): Promise<boolean> {
  const seats = await userDb(memberId).membership.findMany({ where: { userId: memberId }, select: { tenantId: true } })
  const owned = await Promise.all(seats.map(({ tenantId }) => isOwner(tenantId, ownerId)))
  return owned.length > 0 && owned.every(Boolean)
}

/** A link that an owner was shown works as long as they could be shown it anew: the member may have joined others since. */
export async function requireStillOwned(issuedBy: string | null, userId: string): Promise<void> {
  if (issuedBy === null || (await ownsAllOf(issuedBy, userId))) return
  throw new AppError(
    'NOT_FOUND',
    'This link works no more, as the account belongs to further tenants now: ask for a new one',
  )
}

async function isOwner(tenantId: string, userId: string): Promise<boolean> {
  const access = await findAccess(tenantId, userId)
  return access !== null && covers(access, permissionsOf.OWNER, null)
}

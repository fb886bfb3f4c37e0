import { database } from '#db/client'
import { type ScopedDb, tenantDb, userDb } from '#db/tenant-db'
import { type Principal, requirePrincipal } from './auth/principal'
import type { Context } from './context'
import { AppError } from './errors/app-error'
import { isAllowed, isRole, type Permission, type Role } from './permissions'

/** What logic works with: one tenant's database, and who asks. Made only by `openScope`. */
export type Scope = { db: ScopedDb; tenantId: string; tenant: string; userId: string; role: Role }

type Seat = { tenantId: string; role: Role }

/**
 * Opens a tenant to the sender of a request. A tenant that is unknown and one that is somebody else's read the same.
 *
 * @example const scope = await openScope(ctx, 'acme', 'flow:read')
 */
export async function openScope(ctx: Context, tenant: string, permission: Permission): Promise<Scope> {
  const principal = await requirePrincipal(ctx)
  const seat = await findSeat(principal, tenant)
  if (seat === null) throw new AppError('NOT_FOUND', `There is no tenant ${tenant}`)
  if (!isAllowed(seat.role, permission)) {
    throw new AppError('FORBIDDEN', `Your role ${seat.role} may not do this (${permission})`)
  }
  return { ...seat, db: tenantDb(seat.tenantId), tenant, userId: principal.userId }
}

async function findSeat(principal: Principal, slug: string): Promise<Seat | null> {
  if (principal.kind === 'token') {
    return principal.tenant.slug === slug ? { tenantId: principal.tenant.id, role: principal.role } : null
  }
  const tenant = await database().tenant.findUnique({ where: { slug }, select: { id: true } })
  if (tenant === null) return null
  const membership = await userDb(principal.userId).membership.findUnique({
    where: { tenantId_userId: { tenantId: tenant.id, userId: principal.userId } },
    select: { role: true },
  })
  return membership !== null && isRole(membership.role) ? { tenantId: tenant.id, role: membership.role } : null
}

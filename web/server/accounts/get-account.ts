import { database } from '#db/client'
import { userDb } from '#db/tenant-db'
import type { Principal } from '../auth/principal'
import { AppError } from '../errors/app-error'
import { isRole } from '../permissions'
import type { Account, TenantOfUser } from './account'

/** The sender and the tenants open to them; for a token that is its own tenant alone. */
export async function getAccount(principal: Principal): Promise<Account> {
  const user = await database().user.findUnique({
    where: { id: principal.userId },
    select: { id: true, email: true, name: true },
  })
  if (user === null) throw new AppError('UNAUTHORIZED', 'This account is gone')
  const tenants = await listTenants(user.id)
  return {
    user,
    tenants: principal.kind === 'token' ? tenants.filter(({ slug }) => slug === principal.tenant.slug) : tenants,
  }
}

async function listTenants(userId: string): Promise<TenantOfUser[]> {
  const memberships = await userDb(userId).membership.findMany({
    where: { userId },
    select: { role: true, tenant: { select: { slug: true, name: true } } },
    orderBy: { createdAt: 'asc' },
  })
  return memberships.flatMap(({ role, tenant }) => (isRole(role) ? [{ ...tenant, role }] : []))
}

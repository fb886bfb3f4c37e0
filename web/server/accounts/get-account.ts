import { database } from '#db/client'
import { userDb } from '#db/tenant-db'
import { requiresVerifiedEmail } from '#infra/env'
import { type Access, reachOf, rolesOf } from '../access/access'
import { allPermissions } from '../access/permissions'
import { findAccess } from '../access/tenant-scope'
import type { Principal } from '../auth/principal'
import { webEnv } from '../env'
import { AppError } from '../errors/app-error'
import { hasMail } from '../mail/send-mail'
import type { Account, TenantOfUser } from './account'
import { Tour } from './tour'

/** The sender and the tenants open to them; for a token that is its own tenant alone. */
export async function getAccount(principal: Principal): Promise<Account> {
  const user = await database().user.findUnique({
    where: { id: principal.userId },
    select: { id: true, email: true, name: true, emailVerifiedAt: true, tour: true },
  })
  if (user === null) throw new AppError('UNAUTHORIZED', 'This account is gone')
  const tenants = await listTenants(principal)
  const { emailVerifiedAt, ...rest } = user
  const verification = verificationOf(emailVerifiedAt)
  return { user: { ...rest, verification, tour: Tour.catch('DONE').parse(user.tour) }, hasMail: hasMail(), tenants }
}

function verificationOf(emailVerifiedAt: Date | null): Account['user']['verification'] {
  if (emailVerifiedAt !== null) return 'DONE'
  return requiresVerifiedEmail(webEnv()) ? 'REQUIRED' : 'OPEN'
}

async function listTenants(principal: Principal): Promise<TenantOfUser[]> {
  const { userId } = principal
  const memberships = await userDb(userId).membership.findMany({
    where: { userId, ...(principal.kind === 'token' && { tenantId: principal.tenant.id }) },
    select: { tenant: { select: { id: true, slug: true, name: true } } },
    orderBy: { createdAt: 'asc' },
  })
  return await Promise.all(
    memberships.map(async ({ tenant: { id, slug, name } }) => {
      const access = principal.kind === 'token' ? principal.access : ((await findAccess(id, userId)) ?? { grants: [] })
      return {
        slug,
        name,
        roles: rolesOf(access),
        ...reachesOf(access),
      }
    }),
  )
}

function reachesOf(access: Access): Pick<TenantOfUser, 'permissions' | 'within'> {
  const reaches = allPermissions
    .map(permission => ({ permission, reach: reachOf(access, permission) }))
    .filter(({ reach }) => reach.length > 0)
  return {
    permissions: reaches.map(({ permission }) => permission),
    within: Object.fromEntries(
      reaches.flatMap(({ permission, reach }) => (reach === 'everywhere' ? [] : [[permission, reach]])),
    ),
  }
}

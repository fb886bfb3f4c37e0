import { database } from '#db/client'
import { type ScopedDb, tenantDb } from '#db/tenant-db'
import { describeActor } from '../audit/actor'
import { noteDenied } from '../audit/note-denied'
import { type Principal, requirePrincipal, requireVerified } from '../auth/principal'
import type { Context } from '../context'
import { AppError } from '../errors/app-error'
import { type Access, GrantRows, reaches, reachOf, rolesOf, toGrants } from './access'
import type { Permission } from './permissions'

/** One tenant's database, whoever asks. */
export type TenantScope = { db: ScopedDb; tenantId: string; tenant: string }

/**
 * What logic works with: one tenant's database, as far as the permission of this request reaches, and who asks. Made only
 * by `openScope`.
 */
export type Scope = TenantScope & {
  userId: string
  access: Access
  /** All of the tenant, for what a flow inherits or is checked against; never to be shown. */
  wholeDb: ScopedDb
}

type Seat = { tenantId: string; access: Access }

/**
 * Opens a tenant to the sender of a request. A tenant that is unknown and one that is somebody else's read the same. A
 * `namespace` that the request names must be within reach; one of which nothing may be seen reads as one that is not there.
 *
 * @example const scope = await openScope(ctx, 'acme', 'FLOW:READ')
 */
export async function openScope(
  ctx: Context,
  tenant: string,
  permission: Permission,
  namespace?: string,
): Promise<Scope> {
  const principal = await requirePrincipal(ctx)
  const actor = describeActor(principal, ctx.clientIp)
  const seat = await findSeat(principal, tenant)
  if (seat === null) return await refuseStranger(tenant, { actor, userId: principal.userId, permission })
  requireVerified(principal)
  const { tenantId, access } = seat
  const reach = reachOf(access, permission)
  const wholeDb = tenantDb(tenantId, database(), { actor })
  const db = reach === 'everywhere' ? wholeDb : tenantDb(tenantId, database(), { actor, namespaces: reach })
  const scope = { tenantId, access, tenant, db, wholeDb, userId: principal.userId }
  const isNowhere = reach !== 'everywhere' && reach.length === 0
  if (isNowhere || (namespace !== undefined && !reaches(reach, namespace))) await refuse(scope, permission, namespace)
  return scope
}

/** For what a request turns out to be about, when its input alone does not tell: the namespace of a text, a second permission. */
export async function requirePermission(scope: Scope, permission: Permission, namespace: string): Promise<void> {
  if (!reaches(reachOf(scope.access, permission), namespace)) await refuse(scope, permission, namespace)
}

async function refuse(scope: Scope, permission: Permission, namespace?: string): Promise<never> {
  await noteDenied(scope, permission, namespace)
  const where = namespace === undefined ? '' : ` in the namespace ${namespace}`
  const roles = rolesOf(scope.access)
  const who = roles.length === 0 ? 'Somebody without a role' : `Your role ${roles.join(', ')}`
  throw new AppError('FORBIDDEN', `${who} may not do this${where} (${permission})`)
}

/** The tenant's owners learn of it; the stranger does not learn that there is a tenant. */
async function refuseStranger(
  slug: string,
  { actor, userId, permission }: { actor: string; userId: string; permission: Permission },
): Promise<never> {
  const found = await findTenant(slug)
  if (found !== null) {
    const { tenantId } = found
    await noteDenied({ tenantId, userId, wholeDb: tenantDb(tenantId, database(), { actor }) }, permission, undefined)
  }
  throw new AppError('NOT_FOUND', `There is no tenant ${slug}`)
}

/** The tenant of an address that is open to strangers, who then show a key of its own; null where there is none. */
export async function findTenant(slug: string): Promise<TenantScope | null> {
  const tenant = await database().tenant.findUnique({
    where: { slug, deletionRequestedAt: null },
    select: { id: true },
  })
  return tenant && { db: tenantDb(tenant.id), tenantId: tenant.id, tenant: slug }
}

async function findSeat(principal: Principal, slug: string): Promise<Seat | null> {
  if (principal.kind === 'token') {
    return principal.tenant.slug === slug ? { tenantId: principal.tenant.id, access: principal.access } : null
  }
  const tenant = await database().tenant.findUnique({
    where: { slug, deletionRequestedAt: null },
    select: { id: true },
  })
  if (tenant === null) return null
  const access = await findAccess(tenant.id, principal.userId)
  return access && { tenantId: tenant.id, access }
}

const grantsSql = `
SELECT built_in AS "builtIn", role_name AS "roleName", permissions, namespace FROM grants_of($1::uuid, $2::uuid)`

/** What a member may do; null for whoever is none. Read from the database each time: a change holds at once. */
export async function findAccess(tenantId: string, userId: string): Promise<Access | null> {
  const [rows] = await tenantDb(tenantId).sql({ name: 'grants-of', text: grantsSql, values: [tenantId, userId] })
  return rows === undefined || rows.length === 0 ? null : { grants: toGrants(GrantRows.parse(rows)) }
}

/** What somebody may do in a tenant: their roles, each for the whole tenant or for a namespace with its children. */
import { z } from 'zod'
import {
  allPermissions,
  isOfNamespaces,
  isPermission,
  isRole,
  ofEveryMember,
  type Permission,
  permissionsOf,
  type Role,
} from './permissions'

export type Grant = {
  /** As a page shows it: `EDITOR`, or the name of a role of the tenant. */
  role: string
  permissions: ReadonlySet<Permission>
  /** null for the whole tenant. */
  namespace: string | null
}

export const PermissionName = z.enum(allPermissions as [Permission, ...Permission[]])

/** What a token may do of what its holder may. */
export const TokenScope = z.object({
  permissions: z.array(PermissionName).optional(),
  namespaces: z.array(z.string()).optional(),
})
export type TokenScope = z.output<typeof TokenScope>

export type Access = { grants: Grant[]; scope?: TokenScope }

/** Where a permission holds: everywhere, or in these namespaces and their children; nowhere if there are none. */
export type Reach = 'everywhere' | string[]

const GrantRow = z.object({
  builtIn: z.string().nullable(),
  roleName: z.string().nullable(),
  permissions: z.array(z.string()).nullable(),
  namespace: z.string().nullable(),
})
/** As the database function `grants_of` tells them: one of nulls where a member has no role. */
export const GrantRows = z.array(GrantRow)

export function builtInGrant(role: Role, namespace: string | null): Grant {
  return { role, permissions: permissionsOf[role], namespace }
}

export function toGrants(rows: z.output<typeof GrantRows>): Grant[] {
  return rows.flatMap(({ builtIn, roleName, permissions, namespace }) => {
    if (builtIn !== null) {
      return isRole(builtIn) ? [builtInGrant(builtIn, namespace)] : []
    }
    if (roleName === null || permissions === null) return []
    return [{ role: roleName, permissions: new Set(permissions.filter(isPermission)), namespace }]
  })
}

/**
 * Where somebody has a permission. What belongs to the tenant as a whole needs a role for the whole tenant, but for what
 * every member has.
 *
 * @example reachOf(editorOf('company.team'), 'FLOW:UPDATE') -> ['company.team']
 */
export function reachOf({ grants, scope }: Access, permission: Permission): Reach {
  if (scope?.permissions !== undefined && !scope.permissions.includes(permission)) return []
  return within(reachOfGrants(grants, permission), scope?.namespaces, permission)
}

function reachOfGrants(grants: Grant[], permission: Permission): Reach {
  if (ofEveryMember.has(permission)) return 'everywhere'
  const giving = grants.filter(({ permissions }) => permissions.has(permission))
  if (giving.some(({ namespace }) => namespace === null)) return 'everywhere'
  if (!isOfNamespaces(permission)) return []
  return [...new Set(giving.flatMap(({ namespace }) => namespace ?? []))]
}

/** A token that is bound to namespaces has no say in what belongs to the tenant, but may see where it is. */
function within(reach: Reach, namespaces: string[] | undefined, permission: Permission): Reach {
  if (namespaces === undefined) return reach
  if (!isOfNamespaces(permission)) return permission === 'TENANT:READ' || permission === 'PLUGIN:READ' ? reach : []
  if (reach === 'everywhere') return namespaces
  const narrower = reach.flatMap(a => namespaces.flatMap(b => (isWithin(a, b) ? [a] : isWithin(b, a) ? [b] : [])))
  return [...new Set(narrower)]
}

/** @example isWithin('company.team', 'company') -> true */
export function isWithin(namespace: string, bound: string): boolean {
  return namespace === bound || namespace.startsWith(`${bound}.`)
}

export function reaches(reach: Reach, namespace: string): boolean {
  return reach === 'everywhere' || reach.some(bound => isWithin(namespace, bound))
}

/** Whether somebody has a permission somewhere. */
export function isAllowed(access: Access, permission: Permission): boolean {
  const reach = reachOf(access, permission)
  return reach === 'everywhere' || reach.length > 0
}

/** Whether somebody has all that a role would give at a place: nobody hands out more than they have. */
export function covers(access: Access, permissions: Iterable<Permission>, namespace: string | null): boolean {
  return [...permissions].every(permission => {
    const reach = reachOf(access, permission)
    if (namespace === null) return reach === 'everywhere'
    return !isOfNamespaces(permission) || reaches(reach, namespace)
  })
}

/** The names of somebody's roles, each with its namespace. */
export function rolesOf({ grants }: Access): string[] {
  return [...new Set(grants.map(({ role, namespace }) => (namespace === null ? role : `${role} in ${namespace}`)))]
}

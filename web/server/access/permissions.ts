/** What a member may do with what. A resource or action that is missing here does not compile where it is asked for. */
const actions = {
  TENANT: ['READ', 'UPDATE', 'DELETE'],
  // Groups, invitations and service accounts, too.
  MEMBER: ['READ', 'CREATE', 'UPDATE', 'DELETE'],
  ROLE: ['READ', 'CREATE', 'UPDATE', 'DELETE'],
  // One's own tokens.
  TOKEN: ['READ', 'CREATE', 'DELETE'],
  AUDIT: ['READ'],
  BILLING: ['READ', 'UPDATE'],
  PLUGIN: ['READ'],
  BLUEPRINT: ['READ', 'CREATE', 'UPDATE', 'DELETE'],
  // Execute: start an execution of it.
  FLOW: ['READ', 'CREATE', 'UPDATE', 'DELETE', 'EXECUTE'],
  EXECUTION: ['READ', 'UPDATE', 'DELETE'],
  LOG: ['READ'],
  // What a trigger remembers: its dates, backfill, whether it is disabled. Its definition belongs to the flow.
  TRIGGER: ['READ', 'UPDATE', 'DELETE'],
  NAMESPACE: ['READ', 'CREATE', 'UPDATE', 'DELETE'],
  // Read: names and versions; no one is shown a value.
  SECRET: ['READ', 'CREATE', 'UPDATE', 'DELETE'],
  KV: ['READ', 'CREATE', 'UPDATE', 'DELETE'],
  FILE: ['READ', 'CREATE', 'UPDATE', 'DELETE'],
} as const

export type Resource = keyof typeof actions
export type Action<R extends Resource = Resource> = (typeof actions)[R][number]
export type Permission = { [R in Resource]: `${R}:${Action<R>}` }[Resource]

/** All there are, in the order of the table above. */
export const allPermissions = Object.entries(actions).flatMap(([resource, names]) =>
  names.map(name => `${resource}:${name}` as Permission),
)

export function isPermission(value: string): value is Permission {
  return (allPermissions as string[]).includes(value)
}

/** What lies in a namespace: a role that is bound to one gives these there. All else belongs to the tenant as a whole. */
const ofNamespaces = new Set<Resource>([
  ...(['FLOW', 'EXECUTION', 'LOG', 'TRIGGER', 'NAMESPACE', 'SECRET', 'KV', 'FILE'] as const),
])

export function resourceOf(permission: Permission): Resource {
  return permission.slice(0, permission.indexOf(':')) as Resource
}

export function isOfNamespaces(permission: Permission): boolean {
  return ofNamespaces.has(resourceOf(permission))
}

/** What everyone has who belongs to the tenant, whatever their roles are bound to. */
export const ofEveryMember: ReadonlySet<Permission> = new Set<Permission>([
  ...(['TENANT:READ', 'PLUGIN:READ', 'BLUEPRINT:READ', 'TOKEN:READ', 'TOKEN:CREATE', 'TOKEN:DELETE'] as const),
])

export const roles = ['OWNER', 'ADMIN', 'EDITOR', 'LAUNCHER', 'VIEWER'] as const
/** A built-in role. */
export type Role = (typeof roles)[number]

export function isRole(value: string): value is Role {
  return (roles as readonly string[]).includes(value)
}

const views: Permission[] = [
  ...ofEveryMember,
  ...(['FLOW:READ', 'EXECUTION:READ', 'LOG:READ', 'TRIGGER:READ', 'NAMESPACE:READ', 'KV:READ', 'FILE:READ'] as const),
]
const launches: Permission[] = [...views, 'FLOW:EXECUTE', 'EXECUTION:UPDATE']
const notForEditors = new Set<Resource>(['TENANT', 'MEMBER', 'ROLE', 'AUDIT', 'BILLING'])
const edits = [...launches, ...allPermissions.filter(permission => !notForEditors.has(resourceOf(permission)))]
const notForAdmins = new Set<Permission>(['TENANT:DELETE', 'BILLING:UPDATE'])

export const permissionsOf: Record<Role, ReadonlySet<Permission>> = {
  OWNER: new Set(allPermissions),
  ADMIN: new Set(allPermissions.filter(permission => !notForAdmins.has(permission))),
  EDITOR: new Set(edits),
  LAUNCHER: new Set(launches),
  VIEWER: new Set(views),
}

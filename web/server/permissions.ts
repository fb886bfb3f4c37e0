export const roles = ['OWNER', 'ADMIN', 'EDITOR', 'LAUNCHER', 'VIEWER'] as const
export type Role = (typeof roles)[number]

/** What a member may do with what. A resource or action that is missing here does not compile where it is asked for. */
const actions = {
  tenant: ['read', 'update', 'delete'],
  member: ['read', 'create', 'update', 'delete'],
  token: ['read', 'create', 'delete'],
  flow: ['read', 'create', 'update', 'delete'],
  execution: ['read', 'create', 'update', 'delete'],
  plugin: ['read'],
} as const

export type Resource = keyof typeof actions
export type Action<R extends Resource = Resource> = (typeof actions)[R][number]
export type Permission = { [R in Resource]: `${R}:${Action<R>}` }[Resource]

const reads = ['tenant:read', 'flow:read', 'execution:read', 'plugin:read'] as const satisfies Permission[]
const launches = [...reads, 'execution:create', 'execution:update'] as const satisfies Permission[]
// A token acts as its creator, so everyone may have their own; the list shows one's own alone.
const edits = [
  ...launches,
  'flow:create',
  'flow:update',
  'flow:delete',
  'execution:delete',
] as const satisfies Permission[]
const administers = [
  ...edits,
  'tenant:update',
  'member:read',
  'member:create',
  'member:update',
  'member:delete',
] as const satisfies Permission[]
const ownTokens = ['token:read', 'token:create', 'token:delete'] as const satisfies Permission[]

export const permissionsOf: Record<Role, ReadonlySet<Permission>> = {
  OWNER: new Set<Permission>([...administers, ...ownTokens, 'tenant:delete']),
  ADMIN: new Set<Permission>([...administers, ...ownTokens]),
  EDITOR: new Set<Permission>([...edits, ...ownTokens]),
  LAUNCHER: new Set<Permission>([...launches, ...ownTokens]),
  VIEWER: new Set<Permission>([...reads, ...ownTokens]),
}

/** All there are, for tests and for a page that shows them. */
export const allPermissions = Object.entries(actions).flatMap(([resource, names]) =>
  names.map(name => `${resource}:${name}` as Permission),
)

export function isRole(value: string): value is Role {
  return (roles as readonly string[]).includes(value)
}

export function isAllowed(role: Role, permission: Permission): boolean {
  return permissionsOf[role].has(permission)
}

import { expect, test } from 'vitest'
import { allPermissions, isAllowed, type Permission, type Role, roles } from './permissions'

/** Who may do it, said a second time and apart from the code: a slip in either shows. */
const expected: Record<Permission, Role[]> = {
  'tenant:read': ['OWNER', 'ADMIN', 'EDITOR', 'LAUNCHER', 'VIEWER'],
  'tenant:update': ['OWNER', 'ADMIN'],
  'tenant:delete': ['OWNER'],
  'member:read': ['OWNER', 'ADMIN'],
  'member:create': ['OWNER', 'ADMIN'],
  'member:update': ['OWNER', 'ADMIN'],
  'member:delete': ['OWNER', 'ADMIN'],
  'token:read': ['OWNER', 'ADMIN', 'EDITOR', 'LAUNCHER', 'VIEWER'],
  'token:create': ['OWNER', 'ADMIN', 'EDITOR', 'LAUNCHER', 'VIEWER'],
  'token:delete': ['OWNER', 'ADMIN', 'EDITOR', 'LAUNCHER', 'VIEWER'],
  'flow:read': ['OWNER', 'ADMIN', 'EDITOR', 'LAUNCHER', 'VIEWER'],
  'flow:create': ['OWNER', 'ADMIN', 'EDITOR'],
  'flow:update': ['OWNER', 'ADMIN', 'EDITOR'],
  'flow:delete': ['OWNER', 'ADMIN', 'EDITOR'],
  'execution:read': ['OWNER', 'ADMIN', 'EDITOR', 'LAUNCHER', 'VIEWER'],
  'execution:create': ['OWNER', 'ADMIN', 'EDITOR', 'LAUNCHER'],
  'execution:update': ['OWNER', 'ADMIN', 'EDITOR', 'LAUNCHER'],
  'execution:delete': ['OWNER', 'ADMIN', 'EDITOR'],
  'plugin:read': ['OWNER', 'ADMIN', 'EDITOR', 'LAUNCHER', 'VIEWER'],
}

test.each(allPermissions)('%s', permission => {
  expect(roles.filter(role => isAllowed(role, permission))).toEqual(expected[permission])
})

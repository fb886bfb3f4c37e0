import { expect, test } from 'vitest'
import { allPermissions, permissionsOf, type Role, roles } from './permissions'

const everyone: Role[] = ['OWNER', 'ADMIN', 'EDITOR', 'LAUNCHER', 'VIEWER']
const launchers: Role[] = ['OWNER', 'ADMIN', 'EDITOR', 'LAUNCHER']
const editors: Role[] = ['OWNER', 'ADMIN', 'EDITOR']
const admins: Role[] = ['OWNER', 'ADMIN']

/** Who may do it, said a second time and apart from the code: a slip in either shows. */
const expected: Record<string, Role[]> = {
  'TENANT:READ': everyone,
  'TENANT:UPDATE': admins,
  'TENANT:DELETE': ['OWNER'],
  'MEMBER:READ': admins,
  'MEMBER:CREATE': admins,
  'MEMBER:UPDATE': admins,
  'MEMBER:DELETE': admins,
  'ROLE:READ': admins,
  'ROLE:CREATE': admins,
  'ROLE:UPDATE': admins,
  'ROLE:DELETE': admins,
  'TOKEN:READ': everyone,
  'TOKEN:CREATE': everyone,
  'TOKEN:DELETE': everyone,
  'AUDIT:READ': admins,
  'BILLING:READ': admins,
  'BILLING:UPDATE': ['OWNER'],
  'PLUGIN:READ': everyone,
  'BLUEPRINT:READ': everyone,
  'BLUEPRINT:CREATE': editors,
  'BLUEPRINT:UPDATE': editors,
  'BLUEPRINT:DELETE': editors,
  'FLOW:READ': everyone,
  'FLOW:CREATE': editors,
  'FLOW:UPDATE': editors,
  'FLOW:DELETE': editors,
  'FLOW:EXECUTE': launchers,
  'EXECUTION:READ': everyone,
  'EXECUTION:UPDATE': launchers,
  'EXECUTION:DELETE': editors,
  'LOG:READ': everyone,
  'TRIGGER:READ': everyone,
  'TRIGGER:UPDATE': editors,
  'TRIGGER:DELETE': editors,
  'NAMESPACE:READ': everyone,
  'NAMESPACE:CREATE': editors,
  'NAMESPACE:UPDATE': editors,
  'NAMESPACE:DELETE': editors,
  'SECRET:READ': editors,
  'SECRET:CREATE': editors,
  'SECRET:UPDATE': editors,
  'SECRET:DELETE': editors,
  'KV:READ': everyone,
  'KV:CREATE': editors,
  'KV:UPDATE': editors,
  'KV:DELETE': editors,
  'FILE:READ': everyone,
  'FILE:CREATE': editors,
  'FILE:UPDATE': editors,
  'FILE:DELETE': editors,
}

test('there are these permissions', () => {
  expect(allPermissions).toEqual(Object.keys(expected))
})

test.each(allPermissions)('%s', permission => {
  expect(roles.filter(role => permissionsOf[role].has(permission))).toEqual(expected[permission])
})

import { describe, expect, test } from 'vitest'
import { type Access, builtInGrant, covers, reachOf, type TokenScope, toGrants } from './access'
import { type Permission, permissionsOf, type Role } from './permissions'

const has = (...bound: [Role, string | null][]): Access => ({
  grants: bound.map(([role, namespace]) => builtInGrant(role, namespace)),
})
const limited = (access: Access, scope: TokenScope): Access => ({ ...access, scope })

describe('reachOf', () => {
  test.each<[string, Access, Permission, ReturnType<typeof reachOf>]>([
    ['of nobody', has(), 'FLOW:READ', []],
    ['of every member', has(), 'TENANT:READ', 'everywhere'],
    ['of the whole tenant', has(['VIEWER', null]), 'FLOW:READ', 'everywhere'],
    ['of no such role', has(['VIEWER', null]), 'FLOW:UPDATE', []],
    ['of a namespace', has(['EDITOR', 'a.b']), 'FLOW:UPDATE', ['a.b']],
    ['of two', has(['EDITOR', 'a.b'], ['VIEWER', 'c'], ['VIEWER', 'a.b']), 'FLOW:READ', ['a.b', 'c']],
    ['of one there and another for all', has(['EDITOR', 'a'], ['VIEWER', null]), 'FLOW:READ', 'everywhere'],
    ['the same, for what only one gives', has(['EDITOR', 'a'], ['VIEWER', null]), 'FLOW:UPDATE', ['a']],
    ['an admin of a namespace has no say in members', has(['ADMIN', 'a']), 'MEMBER:CREATE', []],
    ['a token without', limited(has(['OWNER', null]), { permissions: ['FLOW:READ'] }), 'FLOW:UPDATE', []],
    ['a token with', limited(has(['OWNER', null]), { permissions: ['FLOW:READ'] }), 'FLOW:READ', 'everywhere'],
    ['a token never exceeds', limited(has(['VIEWER', null]), { permissions: ['FLOW:UPDATE'] }), 'FLOW:UPDATE', []],
    ['a token of a namespace', limited(has(['OWNER', null]), { namespaces: ['a'] }), 'FLOW:READ', ['a']],
    ['a token of a child', limited(has(['EDITOR', 'a']), { namespaces: ['a.b', 'c'] }), 'FLOW:READ', ['a.b']],
    ['a token of a parent', limited(has(['EDITOR', 'a.b']), { namespaces: ['a'] }), 'FLOW:READ', ['a.b']],
    ['a token of a namespace makes no token', limited(has(['OWNER', null]), { namespaces: ['a'] }), 'TOKEN:CREATE', []],
  ])('%s', (_name, access, permission, expected) => {
    expect(reachOf(access, permission)).toEqual(expected)
  })
})

describe('covers', () => {
  test.each<[string, Access, Role, string | null, boolean]>([
    ['an owner gives all', has(['OWNER', null]), 'OWNER', null, true],
    ['an admin makes no owner', has(['ADMIN', null]), 'OWNER', null, false],
    ['an admin makes admins', has(['ADMIN', null]), 'ADMIN', null, true],
    ['who edits a namespace gives it on', has(['EDITOR', 'a']), 'EDITOR', 'a.b', true],
    ['but no other', has(['EDITOR', 'a']), 'EDITOR', 'b', false],
    ['nor the tenant', has(['EDITOR', 'a']), 'EDITOR', null, false],
  ])('%s', (_name, access, role, namespace, expected) => {
    expect(covers(access, permissionsOf[role], namespace)).toBe(expected)
  })
})

test('what the database tells becomes grants; what is unknown gives nothing', () => {
  const none = { builtIn: null, roleName: null, permissions: null, namespace: null }
  const rows = [
    none,
    { ...none, builtIn: 'VIEWER' },
    { ...none, builtIn: 'KING' },
    { ...none, roleName: 'On call', permissions: ['EXECUTION:UPDATE', 'MOON:READ'], namespace: 'a' },
  ]
  expect(toGrants(rows).map(({ role, permissions, namespace }) => [role, permissions.size, namespace])).toEqual([
    ['VIEWER', permissionsOf.VIEWER.size, null],
    ['On call', 1, 'a'],
  ])
})

/** Every procedure and every route, refused to whoever may not: the list is the program's own, so nothing is forgotten. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Access, isAllowed as allows, builtInGrant } from './access/access'
import { type Permission, roles } from './access/permissions'
import { openRoutes } from './rest/open-routes'
import { createForeignObjects, mark } from './testing/foreign-objects'
import { type Names, nameObjects } from './testing/name-objects'
import { callProcedure, procedures, tenantProcedures, tenantRoutes } from './testing/procedures'
import { rowsOf } from './testing/rows-of'
import { ask, openWebKit, type WebKit } from './testing/web-kit'

type Asker = { name: string /** undefined: no seat in the tenant. */; access?: Access; token(): Promise<string | null> }

let kit: WebKit

const askers: Asker[] = [
  { name: 'nobody', token: async () => null },
  { name: 'no such token', token: async () => 'mr_nothing' },
  {
    name: 'expired token',
    token: () => kit.tokenFor(kit.tenantId, 'OWNER', { expiresAt: new Date(Date.now() - 1000) }),
  },
  { name: 'another tenant', token: async () => kit.strangerToken },
  ...roles.map(role => ({
    name: role,
    access: { grants: [builtInGrant(role, null)] },
    token: () => kit.tokenFor(kit.tenantId, role),
  })),
  {
    name: 'EDITOR of company.team',
    access: { grants: [builtInGrant('EDITOR', 'company.team')] },
    token: () => kit.tokenFor(kit.tenantId, 'EDITOR', { namespace: 'company.team' }),
  },
  {
    name: 'token for FLOW:READ',
    access: { grants: [builtInGrant('OWNER', null)], scope: { permissions: ['FLOW:READ'] } },
    token: () => kit.tokenFor(kit.tenantId, 'OWNER', { scope: { permissions: ['FLOW:READ'] } }),
  },
]
const strangers: Record<string, string> = {
  nobody: 'UNAUTHORIZED',
  'no such token': 'UNAUTHORIZED',
  'expired token': 'UNAUTHORIZED',
  'another tenant': 'NOT_FOUND',
}
const statuses: Record<string, number> = { UNAUTHORIZED: 401, NOT_FOUND: 404, FORBIDDEN: 403 }

/** By the table of permissions alone; `in` where the request is looked at further. */
function expectedOf({ name, access }: Asker, permission: Permission): string {
  if (access === undefined) return strangers[name] ?? ''
  return allows(access, permission) ? 'in' : 'FORBIDDEN'
}

const tokens = new Map<Asker, string | null>()
const tokenOf = (asker: Asker): string | null => tokens.get(asker) ?? null
/** What the matrix of access.md holds, row by row. */
const matrix = new Map<string, string[]>()

let foreign: Names
let foreignRows: Record<string, string>

beforeAll(async () => {
  kit = await openWebKit()
  for (const asker of askers) tokens.set(asker, await asker.token())
  foreign = await createForeignObjects(kit)
  foreignRows = await rowsOf(kit.otherTenantId)
})
afterAll(() => kit.close())

test('what is open to strangers is this and no more', () => {
  expect(procedures.filter(({ meta }) => meta.access === 'public').map(({ name }) => name)).toEqual([
    'account.signUp',
    'account.signInOptions',
    'account.readVerification',
    'account.verifyEmail',
    'account.readEmailChange',
    'account.changeEmail',
    'account.requestReset',
    'account.readReset',
    'account.resetPassword',
    'invitation.read',
  ])
  expect(procedures.filter(({ meta }) => meta.access === 'signedIn').map(({ name }) => name)).toEqual([
    'account.me',
    'account.security',
    'account.rename',
    'account.setTour',
    'account.sendVerification',
    'account.requestEmailChange',
    'account.changePassword',
    'account.connectIdentity',
    'account.disconnectIdentity',
    'session.list',
    'session.end',
    'session.endOthers',
    'secondFactor.start',
    'secondFactor.confirm',
    'secondFactor.remove',
    'tenant.create',
    'invitation.accept',
  ])
  expect(procedures.filter(({ meta }) => meta.access === undefined)).toEqual([])
  const webhook = '/{tenant}/executions/webhook/{namespace}/{id}/{key}'
  expect([...new Set(openRoutes.map(({ path }) => path))]).toEqual([webhook, `${webhook}/{path}`])
})

/** Make what they name where it is not there; called last, so that it is not. */
const makers = /\.(create|put|write)$|^namespace\.update$/
/** What they name narrows what they find. */
const searches = /\.(list\w*|inherited|validate)$/
const makersLast = tenantProcedures.toSorted((a, b) => Number(makers.test(a.name)) - Number(makers.test(b.name)))

describe.each(makersLast)('$name ($permission)', procedure => {
  test('as each that may ask', async () => {
    const outcomes: string[] = []
    for (const asker of askers) {
      const { outcome } = await callProcedure(procedure, tokenOf(asker), { tenant: 'acme' })
      const isIn = asker.access !== undefined && outcome !== 'FORBIDDEN'
      outcomes.push(isIn ? 'in' : outcome)
    }
    expect(outcomes).toEqual(askers.map(asker => expectedOf(asker, procedure.permission)))
    matrix.set(procedure.name, outcomes)
  })

  test('with ids of another tenant', async () => {
    const { input, named } = nameObjects(procedure, foreign)
    const { outcome, value } =
      named.length === 0 ? { outcome: '-' } : await callProcedure(procedure, kit.ownerToken, input)
    matrix.get(procedure.name)?.push(outcome)
    expect(outcome, `the names in ${JSON.stringify(input)}: ${JSON.stringify(value)}`).not.toBe('INVALID')
    expect(JSON.stringify(value ?? null)).not.toContain(mark)
    const namesOne = named.some(key => /^(id|userId|taskRunId|key)$/.test(key))
    if (namesOne && !makers.test(procedure.name) && !searches.test(procedure.name)) expect(outcome).toBe('NOT_FOUND')
  })
})

describe.each(tenantRoutes)('$method $path', ({ method, path, permission, type }) => {
  const address = path.replace('{tenant}', 'acme').replace(/\{\w+\}/g, 'x')
  const send = (token: string | null) =>
    ask(address, token, { method, headers: { 'content-type': type }, ...(method === 'GET' ? {} : { body: '{}' }) })

  test('as each that may not ask', async () => {
    const outcomes: string[] = []
    for (const asker of askers) {
      const expected = expectedOf(asker, permission)
      outcomes.push(expected)
      if (expected !== 'in') expect((await send(tokenOf(asker))).status, asker.name).toBe(statuses[expected])
    }
    matrix.set(`${method} ${path}`, outcomes)
  })
})

test('nothing of the other tenant has changed', async () => {
  expect(await rowsOf(kit.otherTenantId)).toEqual(foreignRows)
})

test('access.md has what was found', async () => {
  const permissions = new Map([
    ...tenantProcedures.map(({ name, permission }) => [name, permission] as const),
    ...tenantRoutes.map(({ method, path, permission }) => [`${method} ${path}`, permission] as const),
  ])
  const row = (cells: string[]) => `| ${cells.join(' | ')} |`
  const short = (outcome: string) => (outcome === 'in' ? 'in' : outcome.toLowerCase().replace('_', ' '))
  const header = ['called', 'permission', ...askers.map(({ name }) => name), 'ids of another tenant']
  const rows = [...permissions].map(([name, permission]) =>
    row([name, permission, ...(matrix.get(name) ?? []).map(short)]),
  )
  const lines = [
    '# Who may call what',
    '',
    'Found by `web/server/access.services.test.ts`, which compares it with the table of permissions; `vitest -u` writes it',
    'anew. A route of a procedure has its outcome. Ids of another tenant are asked for by an owner.',
    '',
    row(header),
    row(header.map(() => '-')),
    ...rows,
  ]
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('./access/access.md')
})

test('a foreign tenant and an unknown one read the same', async () => {
  const [foreign, unknown] = await Promise.all([
    ask('/other/flows/search', kit.ownerToken),
    ask('/nowhere/flows/search', kit.ownerToken),
  ])
  expect([foreign.status, unknown.status]).toEqual([404, 404])
  expect(await foreign.json()).toEqual({
    message: 'There is no tenant other',
    _embedded: { errors: [{ message: 'There is no tenant other', code: 'NOT_FOUND' }] },
  })
})

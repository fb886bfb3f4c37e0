/** Every procedure and every route, refused to whoever may not: the list is the program's own, so nothing is forgotten. */
import { type AnyTRPCProcedure, callTRPCProcedure, TRPCError } from '@trpc/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createContext } from './context'
import { AppError } from './errors/app-error'
import { isAllowed, type Permission, type Role, roles } from './permissions'
import { rawRoutes } from './rest/raw-routes'
import { appRouter } from './routers/app-router'
import { ask, openWebKit, origin, type WebKit } from './testing/web-kit'
import type { Meta } from './trpc'

const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, AnyTRPCProcedure>).map(
  ([name, procedure]) => ({ name, procedure, meta: procedure._def.meta as Meta }),
)
const ofTenant = procedures.flatMap(({ name, procedure, meta: { access } }) =>
  access === undefined || access === 'public' || access === 'signedIn' ? [] : [{ name, procedure, permission: access }],
)
const routes = [
  ...procedures.flatMap(({ meta: { openapi, access } }) =>
    openapi
      ? [{ method: openapi.method, path: openapi.path, permission: access as Permission, type: 'application/json' }]
      : [],
  ),
  ...rawRoutes.map(({ method, path, permission, bodyType }) => ({
    method,
    path,
    permission,
    type: bodyType ? `${bodyType}; boundary=b` : 'application/json',
  })),
]

let kit: WebKit
const tokens = new Map<Role, string>()

beforeAll(async () => {
  kit = await openWebKit()
  for (const role of roles) tokens.set(role, await kit.tokenFor(kit.tenantId, role))
})
afterAll(() => kit.close())

/** What calling it comes to: the code of the refusal, or `passed` when it got as far as reading the rest of its input. */
async function call(name: string, procedure: AnyTRPCProcedure, token: string | null): Promise<string> {
  const headers: HeadersInit = token === null ? {} : { authorization: `Bearer ${token}` }
  const request = new Request(origin, { method: 'POST', headers })
  try {
    await callTRPCProcedure({
      router: appRouter,
      path: name,
      getRawInput: async () => ({ tenant: 'acme' }),
      ctx: createContext(request, new Headers()),
      type: procedure._def.type,
      signal: undefined,
      batchIndex: 0,
    })
  } catch (error) {
    if (error instanceof TRPCError && error.cause instanceof AppError) return error.cause.code
    if (error instanceof TRPCError && error.code === 'BAD_REQUEST') return 'passed'
    throw error
  }
  return 'passed'
}

test('what is open to strangers is this and no more', () => {
  expect(procedures.filter(({ meta }) => meta.access === 'public').map(({ name }) => name)).toEqual(['account.signUp'])
  expect(procedures.filter(({ meta }) => meta.access === 'signedIn').map(({ name }) => name)).toEqual(['account.me'])
  expect(procedures.filter(({ meta }) => meta.access === undefined)).toEqual([])
})

describe.each(ofTenant)('procedure $name ($permission)', ({ name, procedure, permission }) => {
  test('refuses nobody, a bad token, and another tenant', async () => {
    expect(await call(name, procedure, null)).toBe('UNAUTHORIZED')
    expect(await call(name, procedure, 'mr_nothing')).toBe('UNAUTHORIZED')
    expect(await call(name, procedure, kit.strangerToken)).toBe('NOT_FOUND')
  })

  test.each(roles)('as %s', async role => {
    const outcome = await call(name, procedure, tokens.get(role) ?? '')
    expect(outcome).toBe(isAllowed(role, permission) ? 'passed' : 'FORBIDDEN')
  })
})

describe.each(routes)('$method $path', ({ method, path, permission, type }) => {
  const address = path.replace('{tenant}', 'acme').replace(/\{\w+\}/g, 'x')
  const send = (token: string | null) =>
    ask(address, token, { method, headers: { 'content-type': type }, ...(method === 'GET' ? {} : { body: '{}' }) })

  test('refuses nobody, another tenant, and lesser roles', async () => {
    expect((await send(null)).status).toBe(401)
    const foreign = await send(kit.strangerToken)
    expect(foreign.status).toBe(404)
    expect(await foreign.json()).toMatchObject({ message: 'There is no tenant acme' })
    for (const role of roles.filter(role => !isAllowed(role, permission))) {
      expect((await send(tokens.get(role) ?? '')).status).toBe(403)
    }
  })
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

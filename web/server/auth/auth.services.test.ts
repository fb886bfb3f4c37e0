import { afterAll, beforeAll, expect, test } from 'vitest'
import { database } from '#db/client'
import { allPermissions } from '../access/permissions'
import { createContext } from '../context'
import { appRouter } from '../routers/app-router'
import { ask, openWebKit, origin, type WebKit } from '../testing/web-kit'
import { createCallerFactory } from '../trpc'
import { checkPassword } from './check-password'
import { nextAuthOptions } from './next-auth-options'
import { readSessionId } from './session-cookie'

let kit: WebKit
beforeAll(async () => {
  kit = await openWebKit()
})
afterAll(() => kit.close())

const createCaller = createCallerFactory(appRouter)
const password = 'correct horse battery'

function callerFor(headers: HeadersInit = {}, responseHeaders = new Headers()) {
  return createCaller(createContext(new Request(origin, { method: 'POST', headers }), responseHeaders))
}

async function signUp(name: string): Promise<{ cookie: string; sessionId: string; setCookie: string }> {
  const responseHeaders = new Headers()
  const account = { email: `${name}@Example.com`, password, tenantName: name, tenantSlug: name }
  await callerFor({}, responseHeaders).account.signUp(account)
  const setCookie = responseHeaders.get('set-cookie') ?? ''
  const cookie = setCookie.split(';')[0] ?? ''
  return { cookie, setCookie, sessionId: (await readSessionId(cookie)) ?? '' }
}

test('signing up makes a user, their tenant and a session', async () => {
  const { cookie, setCookie } = await signUp('ada')
  expect(setCookie).toContain('HttpOnly')
  expect(setCookie).toContain('SameSite=Lax')
  expect(await callerFor({ cookie, origin, host: new URL(origin).host }).account.me()).toEqual({
    user: { id: expect.any(String), email: 'ada@example.com', name: '', verification: 'OPEN', tour: 'CHOOSE' },
    hasMail: false,
    tenants: [{ slug: 'ada', name: 'ada', roles: ['OWNER'], permissions: allPermissions, within: {} }],
  })
})

test('the tour of whoever signed up is where they left it, in any browser', async () => {
  const { cookie } = await signUp('newcomer')
  const call = callerFor({ cookie, origin, host: new URL(origin).host })
  await call.account.setTour({ tour: 'SKIPPED' })
  expect((await call.account.me()).user.tour).toBe('SKIPPED')
  await expect(callerFor().account.setTour({ tour: 'DONE' })).rejects.toMatchObject({
    cause: { code: 'UNAUTHORIZED' },
  })
})

test('a taken address is told at its field, and nothing is left behind', async () => {
  await signUp('grace')
  const again = { email: 'other@example.com', password, tenantName: 'x', tenantSlug: 'grace' }
  await expect(callerFor().account.signUp(again)).rejects.toMatchObject({
    cause: { code: 'CONFLICT', details: [{ path: 'tenantSlug' }] },
  })
  expect(await database().user.count({ where: { email: 'other@example.com' } })).toBe(0)
  const sameEmail = { email: 'GRACE@example.com', password, tenantName: 'x', tenantSlug: 'grace-2' }
  await expect(callerFor().account.signUp(sameEmail)).rejects.toMatchObject({
    cause: { code: 'CONFLICT', details: [{ path: 'email' }] },
  })
})

test.each([
  ['a short password', { password: 'short' }, 'password'],
  ['no address', { email: 'nobody' }, 'email'],
  ['a slug with capitals', { tenantSlug: 'Acme' }, 'tenantSlug'],
  ['a slug that is a page of ours', { tenantSlug: 'sign-in' }, 'tenantSlug'],
])('refuses %s', async (_, change, path) => {
  const account = { email: 'new@example.com', password, tenantName: 'New', tenantSlug: 'new', ...change }
  await expect(callerFor().account.signUp(account)).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    cause: { issues: [{ path: [path] }] },
  })
})

test('a session ends when it is signed out, idle for long, or too old', async () => {
  const { cookie, sessionId } = await signUp('linus')
  const me = () => callerFor({ cookie, origin, host: new URL(origin).host }).account.me()
  const dayMs = 86_400_000
  await me()
  await database().session.update({ where: { id: sessionId }, data: { lastSeenAt: new Date(Date.now() - 8 * dayMs) } })
  await expect(me()).rejects.toMatchObject({ cause: { code: 'UNAUTHORIZED' } })
  await database().session.update({ where: { id: sessionId }, data: { lastSeenAt: new Date(), expiresAt: new Date() } })
  await expect(me()).rejects.toMatchObject({ cause: { code: 'UNAUTHORIZED' } })
  await database().session.update({ where: { id: sessionId }, data: { expiresAt: new Date(Date.now() + dayMs) } })
  await me()
  await nextAuthOptions(new Headers()).events?.signOut?.({ token: { sid: sessionId }, session: { expires: '' } })
  await expect(me()).rejects.toMatchObject({ cause: { code: 'UNAUTHORIZED' } })
})

test('a change with a cookie is refused from another site, a read is not', async () => {
  const { cookie } = await signUp('mallory')
  const send = (method: string, from: string) =>
    ask('/mallory/flows/validate', null, {
      method,
      body: 'id: a',
      headers: { cookie, origin: from, host: 'millrace.test', 'content-type': 'text/plain' },
    })
  expect((await send('POST', 'https://evil.example')).status).toBe(403)
  expect((await send('POST', origin)).status).toBe(200)
  const read = await ask('/mallory/flows/search', null, { headers: { cookie, origin: 'https://evil.example' } })
  expect(read.status).toBe(200)
})

test('a forged cookie is nobody', async () => {
  const response = await ask('/acme/flows/search', null, { headers: { cookie: 'millrace-session=forged' } })
  expect(response.status).toBe(401)
})

test('a password is checked without telling whether the account exists, and not for ever', async () => {
  await signUp('barbara')
  const attempt = (email: string, given: string) => checkPassword({ email, password: given, clientIp: '10.0.0.1' })
  expect(await attempt('Barbara@example.com', password)).toEqual({ id: expect.any(String) })
  expect(await attempt('barbara@example.com', 'wrong')).toBeNull()
  expect(await attempt('nobody@example.com', password)).toBeNull()
  for (let tries = 0; tries < 8; tries++) await attempt('barbara@example.com', 'wrong')
  // The right password, too late from here; from elsewhere it is still the right one.
  expect(await attempt('barbara@example.com', password)).toBeNull()
  expect(await checkPassword({ email: 'barbara@example.com', password, clientIp: '10.0.0.2' })).not.toBeNull()
})

test('a token works until it is revoked', async () => {
  const { cookie } = await signUp('edsger')
  const caller = callerFor({ cookie, origin, host: new URL(origin).host })
  const created = await caller.token.create({ tenant: 'edsger', name: 'ci' })
  const search = async () => (await ask('/edsger/flows/search', created.value)).status
  expect(await search()).toBe(200)
  expect(await caller.token.list({ tenant: 'edsger' })).toEqual([
    expect.objectContaining({ name: 'ci', lastFour: created.value.slice(-4), lastUsedAt: expect.any(String) }),
  ])
  await caller.token.revoke({ tenant: 'edsger', id: created.id })
  expect(await search()).toBe(401)
  await expect(caller.token.revoke({ tenant: 'edsger', id: created.id })).rejects.toMatchObject({
    cause: { code: 'NOT_FOUND' },
  })
})

test('a token ends with its time, and with its creator leaving the tenant', async () => {
  const token = await kit.tokenFor(kit.tenantId, 'EDITOR')
  const row = await kit.scope.db.apiToken.findFirstOrThrow({ where: { lastFour: token.slice(-4) } })
  const status = async () => (await ask('/acme/flows/search', token)).status
  const expireAt = (expiresAt: Date | null) =>
    kit.scope.db.apiToken.updateMany({ where: { id: row.id }, data: { expiresAt } })
  await expireAt(new Date(Date.now() - 1))
  expect(await status()).toBe(401)
  await expireAt(new Date(Date.now() + 60_000))
  expect(await status()).toBe(200)
  await kit.scope.db.membership.deleteMany({ where: { userId: row.userId } })
  expect(await status()).toBe(401)
})

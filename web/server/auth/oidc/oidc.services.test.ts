/** Sign-in at a real issuer, by the redirects that a browser follows. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import type { NextApiRequest, NextApiResponse } from 'next'
import NextAuth from 'next-auth'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { database } from '#db/client'
import { type CookieJar, openCookieJar } from '../../../../test/harness/cookie-jar'
import { type IssuerPerson, type OidcIssuer, startOidcIssuer } from '../../../../test/harness/oidc-issuer'
import { createContext } from '../../context'
import { appRouter } from '../../routers/app-router'
import { openWebKit, type WebKit } from '../../testing/web-kit'
import { createCallerFactory } from '../../trpc'
import { nextAuthOptions } from '../next-auth-options'

const createCaller = createCallerFactory(appRouter)
const password = 'correct horse battery'
const client = { id: 'millrace', secret: 'a secret of the tests' }

let kit: WebKit
let issuer: OidcIssuer
let app: Server
let url: string

beforeAll(async () => {
  app = createServer((request, response) => void answer(request, response))
  await new Promise<void>(resolve => app.listen(0, '127.0.0.1', resolve))
  const address = app.address()
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  issuer = await startOidcIssuer({ ...client, redirectUri: `${url}/api/auth/callback/oidc` })
  Object.assign(process.env, {
    NEXTAUTH_URL: url,
    MILLRACE_OIDC_ISSUER: issuer.url,
    MILLRACE_OIDC_CLIENT_ID: client.id,
    MILLRACE_OIDC_CLIENT_SECRET: client.secret,
    MILLRACE_OIDC_NAME: 'Example',
  })
  kit = await openWebKit()
})
afterAll(async () => {
  app.closeAllConnections()
  app.close()
  await issuer.stop()
  await kit.close()
})

/** next-auth as `app/api/auth` mounts it, but on a plain server of Node; every other address is a page. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '', url)
  if (!pathname.startsWith('/api/auth/')) return void response.end('a page')
  const pairs = decodeURIComponent(request.headers.cookie ?? '').split('; ')
  const cookies = Object.fromEntries(pairs.map(pair => pair.split(/=(.*)/s)))
  const query = { ...Object.fromEntries(searchParams), nextauth: pathname.slice('/api/auth/'.length).split('/') }
  const body = Object.fromEntries(new URLSearchParams(await text(request)))
  const json = (value: unknown) => response.end(JSON.stringify(value))
  const reply = Object.assign(response, {
    json,
    send: json,
    status: (code: number) => Object.assign(response, { statusCode: code }),
  })
  const headers = new Headers({
    cookie: request.headers.cookie ?? '',
    'user-agent': request.headers['user-agent'] ?? '',
    'x-forwarded-for': request.socket.remoteAddress ?? '',
  })
  await NextAuth(
    Object.assign(request, { query, cookies, body, env: {} }) as unknown as NextApiRequest,
    reply as unknown as NextApiResponse,
    nextAuthOptions(headers),
  )
}

/** What the button does: asks where to go, and goes. The addresses on the way. */
async function signIn(jar: CookieJar, person: IssuerPerson | null): Promise<string[]> {
  issuer.seat(person)
  const { csrfToken } = await (await jar.send(`${url}/api/auth/csrf`)).json()
  const body = new URLSearchParams({ csrfToken, callbackUrl: `${url}/flows`, json: 'true' })
  const response = await jar.send(`${url}/api/auth/signin/oidc`, { method: 'POST', body })
  return await jar.follow((await response.json()).url)
}

/** Where one who signs in in a browser of their own ends. */
async function endOf(person: IssuerPerson | null): Promise<string> {
  return (await signIn(openCookieJar(), person)).at(-1)?.replace(url, '') ?? ''
}

function callerFor(cookie: string, reply = new Headers()) {
  const headers = { cookie, origin: url, host: new URL(url).host }
  return createCaller(createContext(new Request(url, { method: 'POST', headers }), reply))
}
const callerOf = (jar: CookieJar) => callerFor(jar.headerOf(url))

async function signUp(name: string) {
  const reply = new Headers()
  const email = `${name}@example.com`
  await callerFor('', reply).account.signUp({ email, password, tenantName: name, tenantSlug: name })
  const user = await database().user.findUniqueOrThrow({ where: { email } })
  const cookie = reply.get('set-cookie')?.split(';')[0] ?? ''
  return { email, id: user.id, cookie, call: callerFor(cookie) }
}

const verify = (id: string, emailVouchedBy: string | null = null) =>
  database().user.update({ where: { id }, data: { emailVerifiedAt: new Date(), emailVouchedBy } })

test('somebody new gets an account with a proven address, and the same one the next time', async () => {
  const person = { sub: 'ada-1', email: 'Ada@example.com', email_verified: true, name: 'Ada' }
  const jar = openCookieJar()
  const visited = await signIn(jar, person)
  const asked = new URL(visited[0] ?? '').searchParams
  expect(Object.fromEntries(asked)).toMatchObject({ scope: 'openid email profile', code_challenge_method: 'S256' })
  for (const name of ['state', 'nonce', 'code_challenge']) expect(asked.get(name)).toMatch(/^[\w-]{20,}$/)
  expect(visited.at(-1)).toBe(`${url}/flows`)
  const { user, tenants } = await callerOf(jar).account.me()
  expect(user).toMatchObject({ email: 'ada@example.com', name: 'Ada', verification: 'DONE' })
  expect(tenants).toEqual([])
  expect(await callerOf(jar).account.security()).toMatchObject({
    hasPassword: false,
    oidcName: 'Example',
    identities: [{ issuer: issuer.url, subject: 'ada-1', email: 'Ada@example.com' }],
  })
  expect(await callerOf(jar).session.list()).toHaveLength(1)

  // Who the issuer says it is counts, not the address that they have there by now.
  const again = openCookieJar()
  await signIn(again, { ...person, email: 'ada@elsewhere.example' })
  expect((await callerOf(again).account.me()).user).toEqual(user)
})

test.each<[string, { atIssuer: boolean; atOurs: 'no' | 'vouched' | 'proven' }, string]>([
  ['neither has proven', { atIssuer: false, atOurs: 'no' }, '/sign-in?error=OidcAddressTaken'],
  ['the issuer alone has proven', { atIssuer: true, atOurs: 'no' }, '/sign-in?error=OidcAddressTaken'],
  ['we alone have proven', { atIssuer: false, atOurs: 'proven' }, '/sign-in?error=OidcAddressTaken'],
  ['an owner vouched for', { atIssuer: true, atOurs: 'vouched' }, '/sign-in?error=OidcAddressTaken'],
  ['both have proven', { atIssuer: true, atOurs: 'proven' }, '/flows'],
])('an address that %s', async (_, { atIssuer, atOurs }, end) => {
  const name = `bob-${atIssuer ? 'i' : 'n'}-${atOurs}`
  const account = await signUp(name)
  if (atOurs !== 'no') await verify(account.id, atOurs === 'vouched' ? kit.scope.userId : null)
  expect(await endOf({ sub: name, email: account.email, email_verified: atIssuer })).toBe(end)
  expect(await database().identity.count({ where: { userId: account.id } })).toBe(end === '/flows' ? 1 : 0)
})

test('a service account is nobody’s', async () => {
  const email = 'robot@example.com'
  const data = { email, passwordHash: '', serviceOf: kit.tenantId, emailVerifiedAt: new Date() }
  await database().user.create({ data })
  expect(await endOf({ sub: 'robot', email, email_verified: true })).toBe('/sign-in?error=OidcAddressTaken')
})

test('who is signed in connects an identity by asking for it first', async () => {
  const [cleo, dora] = [await signUp('cleo'), await signUp('dora')]
  const atIssuer = { sub: 'cleo-at-work', email: 'cleo@work.example', email_verified: true }
  const jarOf = ({ cookie }: { cookie: string }) => {
    const jar = openCookieJar()
    jar.keep(url, cookie)
    return jar
  }
  // Not asked for: the browser changes to the account of whoever signed in there.
  const other = { sub: 'other', email: 'other@work.example', email_verified: true }
  const unasked = jarOf(cleo)
  await signIn(unasked, other)
  expect((await callerOf(unasked).account.me()).user.email).toBe('other@work.example')
  expect(await database().identity.count({ where: { userId: cleo.id } })).toBe(0)

  await cleo.call.account.connectIdentity()
  const jar = jarOf(cleo)
  expect((await signIn(jar, atIssuer)).at(-1)).toBe(`${url}/flows`)
  expect((await callerOf(jar).account.me()).user.email).toBe(cleo.email)
  const elsewhere = openCookieJar()
  await signIn(elsewhere, atIssuer)
  expect((await callerOf(elsewhere).account.me()).user.email).toBe(cleo.email)

  await dora.call.account.connectIdentity()
  expect((await signIn(jarOf(dora), atIssuer)).at(-1)).toContain('/sign-in?error=OidcIdentityTaken')
  expect(await database().identity.count({ where: { userId: dora.id } })).toBe(0)

  await cleo.call.account.disconnectIdentity({ issuer: issuer.url, subject: atIssuer.sub })
  expect((await cleo.call.account.security()).identities).toEqual([])
})

test('the last way in stays', async () => {
  const jar = openCookieJar()
  await signIn(jar, { sub: 'eli', email: 'eli@example.com', email_verified: true })
  const attempt = callerOf(jar).account.disconnectIdentity({ issuer: issuer.url, subject: 'eli' })
  await expect(attempt).rejects.toMatchObject({ cause: { code: 'CONFLICT' } })
  expect((await callerOf(jar).account.security()).identities).toHaveLength(1)
})

test('nobody comes in who refuses, has no address, or brings an answer that this browser did not ask for', async () => {
  const users = await database().user.count()
  expect(await endOf(null)).toMatch(/^\/sign-in\?.*error=Callback$/)
  expect(await endOf({ sub: 'nameless' })).toBe('/sign-in?error=OidcNoEmail')
  // The callback of somebody else's sign-in, opened in another browser.
  const person = { sub: 'mallory', email: 'mallory@example.com', email_verified: true }
  const visited = await signIn(openCookieJar(), person)
  const callback = visited.find(address => address.includes('/api/auth/callback/')) ?? ''
  const victim = openCookieJar()
  expect((await victim.follow(callback)).at(-1)).toContain('error=OAuthCallback')
  expect(victim.headerOf(url)).not.toContain('millrace-session')
  expect(await database().user.count()).toBe(users + 1)
})

/** Accounts as their pages use them: proof of an address, a forgotten password, a second factor, sessions. */
import { TOTP } from 'otpauth'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { database } from '#db/client'
import { resetSecondFactor } from '#db/reset-second-factor'
import { giveSeat } from '#db/seats'
import { readMasterKeys } from '#db/secret-box'
import { openForUser, resealUserValues, secondFactorName } from '#db/secrets/user-values'
import { tenantDb } from '#db/tenant-db'
import { startSmtp } from '../../../test/harness/smtp'
import { codeRequired, signInWithPassword } from '../auth/sign-in-with-password'
import { createContext } from '../context'
import { appRouter } from '../routers/app-router'
import { ask, openWebKit, origin, type WebKit } from '../testing/web-kit'
import { createCallerFactory } from '../trpc'

const settings = vi.hoisted(() => ({ changed: {} as Record<string, string | undefined> }))
vi.mock('../env', async load => {
  const real = await load<typeof import('../env')>()
  return { ...real, webEnv: () => ({ ...real.webEnv(), ...settings.changed }) }
})

const createCaller = createCallerFactory(appRouter)
const password = 'correct horse battery'
const anotherPassword = 'staple of another battery'

let kit: WebKit
let smtp: Awaited<ReturnType<typeof startSmtp>>
let addresses = 0
const patience = { timeout: 20_000 }

beforeAll(async () => {
  kit = await openWebKit()
  smtp = await startSmtp()
})
afterAll(async () => {
  await smtp.stop()
  await kit.close()
})
beforeEach(() => {
  settings.changed = { SMTP_URL: smtp.url, MAIL_FROM: 'Millrace <millrace@test.example>', MILLRACE_URL: origin }
})
afterEach(() => {
  settings.changed = {}
  vi.useRealTimers()
})

type Person = Awaited<ReturnType<typeof signUp>>

/** From an address of its own each time, so that no limit of one test is met by another. */
function callerFor(
  { cookie, ip = `10.1.0.${++addresses}` }: { cookie?: string; ip?: string } = {},
  reply = new Headers(),
) {
  const headers = { origin, host: new URL(origin).host, 'x-forwarded-for': ip, ...(cookie && { cookie }) }
  return createCaller(createContext(new Request(origin, { method: 'POST', headers }), reply))
}

async function signUp(name: string) {
  const reply = new Headers()
  const email = `${name}@example.com`
  await callerFor({}, reply).account.signUp({ email, password, tenantName: name, tenantSlug: name })
  const cookie = reply.get('set-cookie')?.split(';')[0] ?? ''
  const { id: userId } = await database().user.findUniqueOrThrow({ where: { email } })
  const { id: tenantId } = await database().tenant.findUniqueOrThrow({ where: { slug: name } })
  return { name, email, cookie, userId, tenantId, call: callerFor({ cookie }) }
}

/** One more session of the same person. */
async function signIn({ email }: { email: string }, given = password, code?: string) {
  const device = { clientIp: `10.2.0.${++addresses}`, userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0' }
  return await signInWithPassword({ email, password: given, code }, device)
}

type LinkPath = 'verify-email' | 'reset-password' | 'change-email'
const linkIn = /http:\/\/millrace\.test\/(verify-email|reset-password|change-email)\/(\w+)/

/** The value of the newest link that was mailed to an address. */
async function mailedLink({ email }: { email: string }, path: LinkPath): Promise<string> {
  return await vi.waitFor(() => {
    const links = smtp.mails.flatMap(({ to, text }) => {
      const match = to === email ? linkIn.exec(text) : null
      return match?.[1] === path ? [match[2] ?? ''] : []
    })
    const last = links.at(-1)
    if (last === undefined) throw new Error(`no link ${path} for ${email} yet`)
    return last
  }, patience)
}

const refused = (code: string, message: string | RegExp) => ({
  cause: { code, message: expect.stringMatching(message) },
})
const auditOf = async (tenantId: string) =>
  (await tenantDb(tenantId).auditEntry.findMany({ orderBy: { position: 'asc' } })).map(
    ({ action, target }) => `${action} ${target}`,
  )

test('a new account opens its tenant once the address is proven, by a link that works once', async () => {
  const ada = await signUp('ada')
  expect((await ada.call.account.me()).user).toMatchObject({ verification: 'REQUIRED' })
  await expect(ada.call.token.list({ tenant: 'ada' })).rejects.toMatchObject(
    refused('FORBIDDEN', /Confirm your e-mail/),
  )
  const value = await mailedLink(ada, 'verify-email')
  expect(await callerFor().account.readVerification({ value })).toEqual({ email: ada.email })
  await callerFor().account.verifyEmail({ value })
  expect((await ada.call.account.me()).user).toMatchObject({ verification: 'DONE' })
  const fresh = callerFor(ada)
  expect(await fresh.token.list({ tenant: 'ada' })).toEqual([])
  await expect(callerFor().account.verifyEmail({ value })).rejects.toMatchObject(
    refused('NOT_FOUND', /was used already/),
  )
  await expect(fresh.account.sendVerification()).rejects.toMatchObject(refused('CONFLICT', /is confirmed already/))
  expect(await auditOf(ada.tenantId)).toEqual(['VERIFY_EMAIL ada@example.com'])
})

test('the link is sent again, but not without end; a link of one purpose is none of the other', async () => {
  const bea = await signUp('bea')
  const value = await mailedLink(bea, 'verify-email')
  await expect(callerFor().account.resetPassword({ value, password })).rejects.toMatchObject(
    refused('NOT_FOUND', /is not known/),
  )
  const mailed = () => smtp.mails.filter(({ to }) => to === bea.email)
  expect(mailed()).toHaveLength(1)
  for (let sent = 0; sent < 5; sent++) await bea.call.account.sendVerification()
  expect(mailed()).toHaveLength(6)
  await expect(bea.call.account.sendVerification()).rejects.toMatchObject(refused('TOO_MANY_REQUESTS', /try again in/))
})

test('a mail server that does not answer is told to whoever waits, and to nobody else', async () => {
  const cyd = await signUp('cyd')
  settings.changed.SMTP_URL = 'smtp://127.0.0.1:1'
  await expect(cyd.call.account.sendVerification()).rejects.toMatchObject(refused('UNAVAILABLE', /could not be sent/))
  await callerFor().account.requestReset({ email: cyd.email })
})

test('a new password is set by a mailed link: it ends all sessions and revokes nothing else', async () => {
  settings.changed.MILLRACE_REQUIRE_VERIFIED_EMAIL = undefined
  const dan = await signUp('dan')
  await callerFor().account.verifyEmail({ value: await mailedLink(dan, 'verify-email') })
  const { value: token } = await callerFor(dan).token.create({ tenant: 'dan', name: 'ci' })
  const answers = [
    await callerFor().account.requestReset({ email: dan.email }),
    await callerFor().account.requestReset({ email: 'nobody@example.com' }),
  ]
  expect(answers).toEqual([undefined, undefined])
  const value = await mailedLink(dan, 'reset-password')
  await expect(callerFor().account.resetPassword({ value, password: 'short' })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  })
  expect(await callerFor().account.readReset({ value })).toEqual({ email: dan.email })
  await callerFor().account.resetPassword({ value, password: anotherPassword })
  await expect(callerFor(dan).account.me()).rejects.toMatchObject(refused('UNAUTHORIZED', /Sign in/))
  expect(await signIn(dan, password)).toBeNull()
  expect(await signIn(dan, anotherPassword)).not.toBeNull()
  expect((await ask('/dan/tokens', token)).status).toBe(200)
  await expect(callerFor().account.resetPassword({ value, password })).rejects.toMatchObject(
    refused('NOT_FOUND', /was used already/),
  )
  expect(smtp.mails.filter(({ to }) => to === 'nobody@example.com')).toEqual([])
  expect(await auditOf(dan.tenantId)).toContain('RESET_PASSWORD dan@example.com')
})

test('an expired link sets no password; who asks too often gets no mail, and the same answer', async () => {
  const eve = await signUp('eve')
  for (let asked = 0; asked < 7; asked++) await callerFor().account.requestReset({ email: eve.email })
  const value = await mailedLink(eve, 'reset-password')
  const where = { userId: eve.userId, purpose: 'RESET' }
  await vi.waitFor(async () => expect(await database().accountLink.count({ where })).toBe(5), patience)
  await database().accountLink.updateMany({ where, data: { expiresAt: new Date() } })
  await expect(callerFor().account.readReset({ value })).rejects.toMatchObject(refused('NOT_FOUND', /has expired: ask/))
  const from = callerFor({ ip: '10.9.9.9' })
  for (let asked = 0; asked < 20; asked++) await from.account.requestReset({ email: `someone-${asked}@example.com` })
  await expect(from.account.requestReset({ email: 'more@example.com' })).rejects.toMatchObject(
    refused('TOO_MANY_REQUESTS', /try again in \d+ minutes/),
  )
})

/** A member of a tenant, and of no other. */
async function memberOf(tenantId: string, email: string) {
  const user = await database().user.create({ data: { email, passwordHash: '' } })
  await tenantDb(tenantId).transact(tx => giveSeat(tx, { tenantId, userId: user.id }, 'VIEWER'))
  return user
}

test('without a mail server an owner hands links to members who belong to nobody else', async () => {
  settings.changed = {}
  const owner = await signUp('fay')
  const guest = await signUp('gus')
  const { tenantId } = owner
  const tenant = 'fay'
  const member = await memberOf(tenantId, 'member@example.com')
  await tenantDb(tenantId).transact(tx => giveSeat(tx, { tenantId, userId: guest.userId }, 'ADMIN'))
  await callerFor().account.requestReset({ email: member.email })
  await vi.waitFor(async () => expect(await owner.call.member.wantedLinks({ tenant })).toHaveLength(2), patience)
  expect(await owner.call.member.wantedLinks({ tenant })).toEqual([
    { userId: member.id, purpose: 'VERIFY' },
    { userId: member.id, purpose: 'RESET' },
  ])

  // Somebody who is also elsewhere; oneself; who owns nothing; a token of the owner.
  const copy = (person: Person, userId: string) => person.call.member.copyLink({ tenant, userId, purpose: 'VERIFY' })
  await expect(copy(owner, guest.userId)).rejects.toMatchObject(refused('FORBIDDEN', /owns each tenant/))
  await expect(copy(owner, owner.userId)).rejects.toMatchObject(refused('FORBIDDEN', /Nobody confirms themselves/))
  await expect(copy(guest, member.id)).rejects.toMatchObject(refused('FORBIDDEN', /owns each tenant/))
  const { value: token } = await owner.call.token.create({ tenant, name: 'ci' })
  const byToken = createCaller(
    createContext(
      new Request(origin, { method: 'POST', headers: { authorization: `Bearer ${token}` } }),
      new Headers(),
    ),
  )
  const wanted = { tenant, userId: member.id, purpose: 'RESET' } as const
  await expect(byToken.member.copyLink(wanted)).rejects.toMatchObject(refused('FORBIDDEN', /in the browser/))

  // An address that an owner vouches for is not proven.
  const { path: verify } = await copy(owner, member.id)
  await callerFor().account.verifyEmail({ value: verify.split('/').at(-1) ?? '' })
  expect(await database().user.findUniqueOrThrow({ where: { id: member.id } })).toMatchObject({
    emailVerifiedAt: expect.any(Date),
    emailVouchedBy: owner.userId,
  })

  // A link dies when its member joins another tenant.
  const [kept, used] = [await owner.call.member.copyLink(wanted), await owner.call.member.copyLink(wanted)]
  const seat = { tenantId: guest.tenantId, userId: member.id }
  await tenantDb(guest.tenantId).transact(tx => giveSeat(tx, seat, 'VIEWER'))
  const reset = ({ path }: { path: string }) =>
    callerFor().account.resetPassword({ value: path.split('/').at(-1) ?? '', password: anotherPassword })
  await expect(reset(kept)).rejects.toMatchObject(refused('NOT_FOUND', /belongs to further tenants/))
  await expect(owner.call.member.copyLink(wanted)).rejects.toMatchObject(refused('FORBIDDEN', /owns each tenant/))
  await tenantDb(guest.tenantId).membership.deleteMany({ where: seat })
  await reset(used)
  expect(await signIn(member, anotherPassword)).not.toBeNull()
  await expect(owner.call.member.copyLink(wanted)).rejects.toMatchObject(refused('CONFLICT', /did not ask/))
  expect(await auditOf(tenantId)).toEqual(
    expect.arrayContaining(['COPY_VERIFY_LINK member@example.com', 'COPY_RESET_LINK member@example.com']),
  )
})

test('with a mail server nobody is shown a link', async () => {
  settings.changed = { ...settings.changed, MILLRACE_REQUIRE_VERIFIED_EMAIL: undefined }
  const hal = await signUp('hal')
  await callerFor().account.verifyEmail({ value: await mailedLink(hal, 'verify-email') })
  const member = await memberOf(hal.tenantId, 'other-member@example.com')
  const owner = callerFor(hal)
  expect(await owner.member.wantedLinks({ tenant: 'hal' })).toEqual([])
  const asked = { tenant: 'hal', userId: member.id, purpose: 'VERIFY' } as const
  await expect(owner.member.copyLink(asked)).rejects.toMatchObject(refused('CONFLICT', /by mail/))
})

/** In the middle of a step, where time then stands still: no code becomes an older one while the test goes on. */
function stopClock() {
  vi.useFakeTimers({ toFake: ['Date'], now: Math.floor(Date.now() / 30_000) * 30_000 + 15_000 })
}

const codeAt = (secret: string, steps: number) =>
  new TOTP({ secret }).generate({ timestamp: Date.now() + steps * 30_000 })

test('a second factor is asked for after the password; no code is taken twice', async () => {
  settings.changed = {}
  stopClock()
  const ivy = await signUp('ivy')
  const { secondFactor } = ivy.call
  await expect(secondFactor.start({ password: 'wrong' })).rejects.toMatchObject(refused('INVALID', /not your password/))
  const { secret, qr } = await secondFactor.start({ password })
  expect(qr).toMatch(/^data:image\/svg\+xml;base64,/)
  // Nothing is asked before a code has shown that the device has the secret.
  expect(await signIn(ivy)).not.toBeNull()
  await expect(secondFactor.confirm({ code: '000000' })).rejects.toMatchObject(refused('INVALID', /code is wrong/))
  const { recoveryCodes } = await secondFactor.confirm({ code: codeAt(secret, -1) })
  expect(recoveryCodes).toHaveLength(10)
  await expect(secondFactor.start({ password })).rejects.toMatchObject(refused('CONFLICT', /is on/))

  await expect(signIn(ivy)).rejects.toThrow(codeRequired)
  expect(await signIn(ivy, 'wrong password', codeAt(secret, 0))).toBeNull()
  expect(await signIn(ivy, password, '000000')).toBeNull()
  expect(await signIn(ivy, password, codeAt(secret, -1))).toBeNull()
  const code = codeAt(secret, 0)
  expect(await signIn(ivy, password, code)).not.toBeNull()
  expect(await signIn(ivy, password, code)).toBeNull()
  const [first = '', second = ''] = recoveryCodes
  expect(await signIn(ivy, password, first.toUpperCase())).not.toBeNull()
  expect(await signIn(ivy, password, first)).toBeNull()
  expect((await ivy.call.account.security()).secondFactor).toEqual({ isOn: true, recoveryCodesLeft: 9 })

  // Nothing of it can be read from the database, and it survives another master key.
  const [row, codes] = [
    await database().secondFactor.findUniqueOrThrow({ where: { userId: ivy.userId } }),
    await database().recoveryCode.findMany(),
  ]
  expect(Buffer.from(row.secret).toString('latin1')).not.toContain(secret)
  expect(JSON.stringify(codes)).not.toContain(second.replaceAll('-', ''))
  const both = readMasterKeys({
    MILLRACE_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
    MILLRACE_MASTER_KEY_PREVIOUS: process.env.MILLRACE_MASTER_KEY,
  })
  if (both === null) throw new Error('there are keys')
  expect(await resealUserValues(database(), both)).toBe(1)
  const anew = await database().secondFactor.findUniqueOrThrow({ where: { userId: ivy.userId } })
  const sealed = { ciphertext: anew.secret, masterKey: anew.masterKey }
  const place = { userId: ivy.userId, name: secondFactorName }
  expect(await openForUser({ current: both.current }, place, sealed)).toBe(secret)
  await expect(openForUser(both, { ...place, userId: kit.scope.userId }, sealed)).rejects.toThrow('another place')
  await database().secondFactor.update({
    where: { userId: ivy.userId },
    data: { secret: row.secret, masterKey: row.masterKey },
  })

  await expect(secondFactor.remove({ password: 'wrong', code: second })).rejects.toMatchObject(
    refused('INVALID', /password/),
  )
  await expect(secondFactor.remove({ password, code: '000000' })).rejects.toMatchObject(
    refused('INVALID', /code is wrong/),
  )
  await secondFactor.remove({ password, code: second })
  expect(await signIn(ivy)).not.toBeNull()
  const noted = (await auditOf(ivy.tenantId)).map(line => line.split(' ')[0])
  expect(noted).toEqual(['SECOND_FACTOR_ON', 'USE_RECOVERY_CODE', 'USE_RECOVERY_CODE', 'SECOND_FACTOR_OFF'])
})

test('codes are not guessed without end', async () => {
  settings.changed = {}
  stopClock()
  const jon = await signUp('jon')
  const { secret } = await jon.call.secondFactor.start({ password })
  const { recoveryCodes } = await jon.call.secondFactor.confirm({ code: codeAt(secret, 0) })
  for (let tries = 0; tries < 9; tries++) expect(await signIn(jon, password, '000000')).toBeNull()
  // The right one, too late.
  expect(await signIn(jon, password, recoveryCodes[0])).toBeNull()
})

test('sessions are listed and ended, one’s own alone', async () => {
  settings.changed = {}
  const [kim, lea] = [await signUp('kim'), await signUp('lea')]
  const [second, third] = [await signIn(kim), await signIn(kim)]
  const listed = await kim.call.session.list()
  expect(listed).toHaveLength(3)
  expect(listed.filter(({ isCurrent }) => isCurrent)).toHaveLength(1)
  expect(listed).toContainEqual({
    id: second?.id,
    device: 'Firefox on Linux',
    address: expect.stringMatching(/^10\.2\.0\./),
    createdAt: expect.any(String),
    lastSeenAt: expect.any(String),
    isCurrent: false,
  })
  await expect(lea.call.session.end({ id: second?.id ?? '' })).rejects.toMatchObject(refused('NOT_FOUND', /has ended/))
  await kim.call.session.end({ id: second?.id ?? '' })
  expect((await kim.call.session.list()).map(({ id }) => id)).not.toContain(second?.id)
  expect((await kim.call.session.list()).map(({ id }) => id)).toContain(third?.id)
  expect(await kim.call.session.endOthers()).toEqual({ count: 1 })
  expect(await kim.call.session.list()).toHaveLength(1)
  expect(await lea.call.session.list()).toHaveLength(1)
})

test('a changed password ends the other sessions, and is asked for first', async () => {
  settings.changed = {}
  const mia = await signUp('mia')
  await signIn(mia)
  await expect(mia.call.account.changePassword({ current: 'wrong', password: anotherPassword })).rejects.toMatchObject(
    refused('INVALID', /not your password/),
  )
  await mia.call.account.changePassword({ current: password, password: anotherPassword })
  expect(await mia.call.session.list()).toHaveLength(1)
  expect(await signIn(mia, password)).toBeNull()
  expect(await signIn(mia, anotherPassword)).not.toBeNull()
  await mia.call.account.rename({ name: 'Mia' })
  expect((await mia.call.account.me()).user).toMatchObject({ name: 'Mia', verification: 'OPEN' })
})

test('another address counts once it is confirmed: sessions stay, the old address is told, and old links are void', async () => {
  const nora = await signUp('nora')
  const tokenOf = async () => mailedLink(nora, 'verify-email')
  await callerFor().account.verifyEmail({ value: await tokenOf() })
  const { requestEmailChange } = nora.call.account
  const email = 'Nora.New@example.com'
  await expect(requestEmailChange({ email, password: 'wrong' })).rejects.toMatchObject(
    refused('INVALID', /not your password/),
  )
  await expect(requestEmailChange({ email: 'ada@example.com', password })).rejects.toMatchObject(
    refused('CONFLICT', /another account/),
  )
  await expect(requestEmailChange({ email: nora.email, password })).rejects.toMatchObject(refused('INVALID', /already/))
  await requestEmailChange({ email, password })
  const value = await mailedLink({ email: 'nora.new@example.com' }, 'change-email')
  expect(await callerFor().account.readEmailChange({ value })).toEqual({
    email: 'nora.new@example.com',
    from: nora.email,
  })
  expect((await nora.call.account.me()).user.email).toBe(nora.email)
  await callerFor().account.requestReset({ email: nora.email })
  const reset = await mailedLink(nora, 'reset-password')
  await callerFor().account.changeEmail({ value })
  const told = await vi.waitFor(() => {
    const mails = smtp.mails.filter(({ to, text }) => to === nora.email && text.includes('nora.new@example.com'))
    expect(mails).toHaveLength(2)
    return mails.map(({ text }) => text).join('')
  }, patience)
  expect(told).not.toMatch(linkIn)
  expect((await callerFor(nora).account.me()).user).toMatchObject({
    email: 'nora.new@example.com',
    verification: 'DONE',
  })
  expect(await signIn({ email: nora.email })).toBeNull()
  expect(await signIn({ email: 'nora.new@example.com' })).not.toBeNull()
  await expect(callerFor().account.readReset({ value: reset })).rejects.toMatchObject(
    refused('NOT_FOUND', /not the address of the account any more/),
  )
  await expect(callerFor().account.changeEmail({ value })).rejects.toMatchObject(refused('NOT_FOUND', /was used/))
  expect((await auditOf(nora.tenantId)).at(-1)).toBe('CHANGE_EMAIL nora@example.com to nora.new@example.com')
})

test('a change of address asks for a code where there is a second factor, and is undone by a new password', async () => {
  stopClock()
  const otto = await signUp('otto')
  const { secret } = await otto.call.secondFactor.start({ password })
  await otto.call.secondFactor.confirm({ code: codeAt(secret, -1) })
  const wanted = { email: 'otto.new@example.com', password }
  await expect(otto.call.account.requestEmailChange(wanted)).rejects.toMatchObject(refused('INVALID', /second factor/))
  await otto.call.account.requestEmailChange({ ...wanted, code: codeAt(secret, 0) })
  const value = await mailedLink(wanted, 'change-email')
  await callerFor(otto).account.changePassword({ current: password, password: anotherPassword })
  await expect(callerFor().account.changeEmail({ value })).rejects.toMatchObject(refused('NOT_FOUND', /was used/))
})

test('the operator takes a lost second factor away; it ends all sessions and is noted', async () => {
  settings.changed = {}
  stopClock()
  const max = await signUp('max')
  await expect(resetSecondFactor(database(), max.email)).rejects.toThrow('has no second factor')
  await expect(resetSecondFactor(database(), 'nobody@example.com')).rejects.toThrow('no account')
  const { secret } = await max.call.secondFactor.start({ password })
  await max.call.secondFactor.confirm({ code: codeAt(secret, 0) })
  expect(await resetSecondFactor(database(), 'Max@Example.com')).toEqual(['max'])
  expect(await signIn(max)).not.toBeNull()
  await expect(callerFor(max).account.me()).rejects.toMatchObject(refused('UNAUTHORIZED', /./))
  expect((await auditOf(max.tenantId)).at(-1)).toBe('SECOND_FACTOR_RESET max@example.com')
})

test('a token has no say in the account of its holder', async () => {
  const headers = { authorization: `Bearer ${kit.ownerToken}` }
  const call = createCaller(createContext(new Request(origin, { method: 'POST', headers }), new Headers()))
  for (const attempt of [
    () => call.account.security(),
    () => call.account.rename({ name: 'x' }),
    () => call.account.sendVerification(),
    () => call.account.requestEmailChange({ email: 'x@example.com', password: '' }),
    () => call.account.changePassword({ current: '', password: anotherPassword }),
    () => call.account.connectIdentity(),
    () => call.account.disconnectIdentity({ issuer: 'i', subject: 's' }),
    () => call.session.list(),
    () => call.session.endOthers(),
    () => call.secondFactor.start({ password: '' }),
    () => call.secondFactor.remove({ password: '', code: '' }),
  ])
    await expect(attempt()).rejects.toMatchObject(refused('FORBIDDEN', /in the browser/))
})

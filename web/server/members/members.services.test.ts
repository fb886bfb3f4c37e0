/** Who belongs to a tenant and what they may do, over the API: given, taken, and what nobody can give themselves. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { database } from '#db/client'
import { ask, askYaml, helloFlow, openWebKit, type WebKit } from '../testing/web-kit'
import { acceptInvitation, readInvitation } from './invitations'

let kit: WebKit
let admin: string
beforeAll(async () => {
  kit = await openWebKit()
  admin = await kit.tokenFor(kit.tenantId, 'ADMIN')
})
afterAll(() => kit.close())

async function send<T = Record<string, unknown>>(method: string, path: string, body?: object, token = kit.ownerToken) {
  const answer = await ask(`/acme${path}`, token, {
    method,
    ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
  const text = await answer.text()
  return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as T & { message?: string } }
}

type Seat = { userId: string; email: string; bindings: { id: string; role: string; namespace: string | null }[] }
const members = async () => (await send<Seat[]>('GET', '/members')).body as unknown as Seat[]
async function holderOf(token: string): Promise<Seat> {
  const { hashToken } = await import('#db/credentials')
  const row = await kit.scope.db.apiToken.findUniqueOrThrow({ where: { hash: hashToken(token) } })
  return (await members()).find(({ userId }) => userId === row.userId) as Seat
}
async function addUser(email: string): Promise<{ userId: string; email: string }> {
  const { id } = await database().user.create({ data: { email, passwordHash: '' } })
  return { userId: id, email }
}

describe('roles', () => {
  test('a role of one’s own, given for a namespace, allows there what it says, and no more', async () => {
    const viewer = await kit.tokenFor(kit.tenantId, 'VIEWER')
    const { userId } = await holderOf(viewer)
    const made = await send<{ id: string }>('POST', '/roles', { name: 'Author', permissions: ['FLOW:CREATE'] })
    expect(made.status).toBe(200)
    const binding = { role: made.body.id, namespace: 'company.team' }
    const given = await send<{ id: string }>('POST', `/members/${userId}/roles`, { binding })
    expect(given.body).toMatchObject({ roleName: 'Author', namespace: 'company.team' })
    expect((await askYaml('/acme/flows', viewer, 'POST', helloFlow('authored'))).status).toBe(200)
    const elsewhere = helloFlow('authored').replace('company.team', 'company.other')
    expect((await askYaml('/acme/flows', viewer, 'POST', elsewhere)).status).toBe(403)
    expect((await send('DELETE', '/flows/company.team/authored', undefined, viewer)).status).toBe(403)

    const change = { name: 'Author', permissions: ['FLOW:DELETE'] }
    expect((await send('PUT', `/roles/${made.body.id}`, change)).status).toBe(200)
    expect((await send('DELETE', '/flows/company.team/authored', undefined, viewer)).status).toBe(204)
    await send('DELETE', `/bindings/${given.body.id}`)
    expect((await askYaml('/acme/flows', viewer, 'POST', helloFlow('again'))).status).toBe(403)
  })

  test('nobody gives, changes or takes what they may not do themselves', async () => {
    const { userId } = await holderOf(admin)
    const owner = await holderOf(kit.ownerToken)
    const attempts = [
      await send('POST', `/members/${userId}/roles`, { binding: { role: 'OWNER' } }, admin),
      await send('DELETE', `/bindings/${owner.bindings[0]!.id}`, undefined, admin),
      await send('DELETE', `/members/${owner.userId}`, undefined, admin),
      await send('POST', '/roles', { name: 'King', permissions: ['TENANT:DELETE'] }, admin),
      await send('POST', '/invitations', { bindings: [{ role: 'OWNER' }] }, admin),
      await send('POST', '/service-accounts', { name: 'robot', bindings: [{ role: 'OWNER' }] }, admin),
    ]
    expect(attempts.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403])
    expect((await holderOf(admin)).bindings.map(({ role }) => role)).toEqual(['ADMIN'])
  })

  test('the last owner stays', async () => {
    const owners = (await members()).filter(({ bindings }) => bindings.some(({ role }) => role === 'OWNER'))
    const [last, ...others] = owners
    for (const { userId } of others) expect((await send('DELETE', `/members/${userId}`)).status).toBe(204)
    // The token of whoever asked may have gone with them.
    const stillThere = await kit.tokenFor(kit.tenantId, 'OWNER')
    const { userId, bindings } = await holderOfWith(stillThere)
    await send('DELETE', `/members/${last!.userId}`, undefined, stillThere)
    const alone = [
      await send('DELETE', `/members/${userId}`, undefined, stillThere),
      await send('DELETE', `/bindings/${bindings[0]!.id}`, undefined, stillThere),
    ]
    expect(alone.map(({ status }) => status)).toEqual([409, 409])
    expect(alone[0]!.body.message).toMatch(/one owner at least/)
    kit.ownerToken = stillThere
  })

  async function holderOfWith(token: string): Promise<Seat> {
    const before = kit.ownerToken
    kit.ownerToken = token
    try {
      return await holderOf(token)
    } finally {
      kit.ownerToken = before
    }
  }
})

describe('groups', () => {
  test('give their members what they may, until they leave', async () => {
    const viewer = await kit.tokenFor(kit.tenantId, 'VIEWER')
    const { userId } = await holderOf(viewer)
    const { id } = (await send<{ id: string }>('POST', '/groups', { name: 'Editors' })).body
    await send('POST', `/groups/${id}/roles`, { binding: { role: 'EDITOR' } })
    expect((await askYaml('/acme/flows', viewer, 'POST', helloFlow('by-group'))).status).toBe(403)
    await send('PUT', `/groups/${id}/members/${userId}`)
    expect((await askYaml('/acme/flows', viewer, 'POST', helloFlow('by-group'))).status).toBe(200)
    const why = await send('GET', `/members/${userId}/access?permission=FLOW:CREATE`)
    expect(why.body).toMatchObject({
      isAllowed: true,
      summary: 'Allowed in the whole tenant, by the role EDITOR of the group Editors.',
    })
    await send('DELETE', `/groups/${id}`)
    expect((await askYaml('/acme/flows', viewer, 'POST', helloFlow('after'))).status).toBe(403)
    const not = await send('GET', `/members/${userId}/access?permission=FLOW:CREATE&namespace=company`)
    expect(not.body).toMatchObject({ isAllowed: false, roles: [{ role: 'VIEWER', gives: false }] })
  })
})

describe('invitations', () => {
  const invite = async (more: object = {}) =>
    (
      await send<{ id: string; value: string }>('POST', '/invitations', {
        bindings: [{ role: 'EDITOR', namespace: 'company.team' }],
        ...more,
      })
    ).body

  test('make a member once, with the roles they name', async () => {
    const { value } = await invite()
    expect(await readInvitation(value)).toEqual({ tenant: 'acme', tenantName: 'Acme', email: null })
    const [ada, bob] = [await addUser('ada@example.com'), await addUser('bob@example.com')]
    const outcomes = await Promise.allSettled([acceptInvitation(value, ada), acceptInvitation(value, bob)])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const seats = (await members()).filter(({ email }) => email === ada.email || email === bob.email)
    expect(seats).toHaveLength(1)
    expect(seats[0]!.bindings).toMatchObject([{ role: 'EDITOR', namespace: 'company.team' }])
    await expect(readInvitation(value)).rejects.toThrow(/unknown, used or expired/)
  })

  test('are for the address they name, can be revoked, and expire', async () => {
    const named = await invite({ email: 'Carol@Example.com' })
    const dave = await addUser('dave@example.com')
    await expect(acceptInvitation(named.value, dave)).rejects.toThrow(/is for carol@example.com/)
    await send('DELETE', `/invitations/${named.id}`)
    await expect(readInvitation(named.value)).rejects.toThrow(/unknown, used or expired/)
    const old = await invite()
    await kit.scope.db.invitation.updateMany({ where: { id: old.id }, data: { expiresAt: new Date(0) } })
    await expect(acceptInvitation(old.value, dave)).rejects.toThrow(/unknown, used or expired/)
    await expect(readInvitation('mr_guess')).rejects.toThrow(/unknown, used or expired/)
  })
})

test('a service account works by its tokens, within their scope, and goes as a whole', async () => {
  const made = await send<{ userId: string }>('POST', '/service-accounts', {
    name: 'deployer',
    bindings: [{ role: 'EDITOR', namespace: 'company' }],
  })
  const path = `/service-accounts/${made.body.userId}/tokens`
  const scope = { namespaces: ['company.team'], permissions: ['FLOW:CREATE', 'FLOW:READ'] }
  const { value } = (await send<{ value: string }>('POST', path, { name: 'ci', scope })).body
  expect((await askYaml('/acme/flows', value, 'POST', helloFlow('deployed'))).status).toBe(200)
  const beyond = helloFlow('deployed').replace('company.team', 'company.other')
  expect((await askYaml('/acme/flows', value, 'POST', beyond)).status).toBe(403)
  expect((await send('DELETE', '/flows/company.team/deployed', undefined, value)).status).toBe(403)
  expect((await send('POST', '/tokens', { name: 'more' }, value)).status).toBe(403)
  expect((await send('DELETE', `/members/${made.body.userId}`)).status).toBe(204)
  expect((await send('GET', '/flows/search', undefined, value)).status).toBe(401)
})

test('a token makes none that may do more than itself', async () => {
  const scope = { permissions: ['TOKEN:CREATE', 'FLOW:READ'] }
  const { value } = (await send<{ value: string }>('POST', '/tokens', { name: 'narrow', scope })).body
  const wider = { name: 'wider', scope: { permissions: ['FLOW:DELETE'] } }
  expect((await send('POST', '/tokens', wider, value)).status).toBe(403)
  const same = await send('POST', '/tokens', { name: 'same' }, value)
  expect(same.body).toMatchObject({ scope })
})

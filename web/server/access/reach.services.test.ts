/** A member whose role is bound to a namespace, over the API: what they see, what they may change, and what they inherit. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { database } from '#db/client'
import { createToken } from '#db/credentials'
import { tenantDb } from '#db/tenant-db'
import { ask, askYaml, openWebKit, type WebKit } from '../testing/web-kit'
import type { Role } from './permissions'

let kit: WebKit
/** Edits `company.team` and what is below it, and sees nothing else. */
let editor: string
/** The same, who may look at everything. */
let editorWhoSees: string

beforeAll(async () => {
  kit = await openWebKit()
  editor = await tokenBoundTo(['EDITOR', 'company.team'])
  editorWhoSees = await tokenBoundTo(['EDITOR', 'company.team'], ['VIEWER', null])
  await ask('/acme/namespaces', kit.ownerToken, json('POST', { id: 'company', variables: { city: 'Oslo' } }))
  for (const [namespace, id] of [
    ['company.team', 'ours'],
    ['company.team.etl', 'below'],
    ['company.teammates', 'near'],
    ['company', 'above'],
  ] as const) {
    expect((await askYaml('/acme/flows', kit.ownerToken, 'POST', flow(namespace, id))).status).toBe(200)
    const path = `/acme/executions/${namespace}/${id}?wait=true`
    const started = await ask(path, kit.ownerToken, { method: 'POST' })
    executions.set(id, ((await started.json()) as { id: string }).id)
  }
})
afterAll(() => kit.close())

const executions = new Map<string, string>()
const flow = (namespace: string, id: string) =>
  `id: ${id}\nnamespace: ${namespace}\ntasks:\n  - {id: say, type: io.kestra.plugin.core.log.Log, message: hello}\n`
const json = (method: string, body: object) => ({
  method,
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
})

async function tokenBoundTo(...bound: [Role, string | null][]): Promise<string> {
  const { tenantId } = kit
  const email = `bound-${Math.random().toString(36).slice(2)}@example.com`
  const { id: userId } = await database().user.create({ data: { email, passwordHash: '' } })
  const { token, hash, lastFour } = createToken()
  const db = tenantDb(tenantId)
  await db.membership.create({ data: { tenantId, userId } })
  for (const [builtIn, namespace] of bound) {
    await db.roleBinding.create({ data: { tenantId, userId, builtIn, namespace } })
  }
  await db.apiToken.create({ data: { tenantId, userId, name: 'bound', hash, lastFour } })
  return token
}

async function idsOf(path: string, token: string): Promise<string[]> {
  const { results } = (await (await ask(path, token)).json()) as { results: { id: string }[] }
  return results.map(({ id }) => id).sort()
}

describe('sees', () => {
  test('the flows and executions of the namespace and those below it', async () => {
    expect(await idsOf('/acme/flows/search', editor)).toEqual(['below', 'ours'])
    expect(await idsOf('/acme/flows/search', editorWhoSees)).toEqual(['above', 'below', 'near', 'ours'])
    const own = [executions.get('below'), executions.get('ours')].sort()
    expect(await idsOf('/acme/executions/search', editor)).toEqual(own)
  })

  test.each([
    ['a flow', () => '/acme/flows/company/above'],
    ['a flow of a name that begins alike', () => '/acme/flows/company.teammates/near'],
    ['an execution', () => `/acme/executions/${executions.get('above')}`],
    ['its log', () => `/acme/logs/${executions.get('above')}`],
    ['its metrics', () => `/acme/metrics/${executions.get('near')}`],
  ])('%s beyond as one that is not there', async (_name, path) => {
    expect((await ask(path(), editorWhoSees)).status).toBe(200)
    expect((await ask(path(), editor)).status).toBe(404)
  })
})

describe('may', () => {
  test('save and run flows there, which inherit from the namespaces above', async () => {
    const source = `id: inherits\nnamespace: company.team\ntasks:\n  - {id: say, type: io.kestra.plugin.core.debug.Return, format: "{{ namespace.city }}"}\n`
    expect((await askYaml('/acme/flows', editor, 'POST', source)).status).toBe(200)
    const started = await ask('/acme/executions/company.team/inherits?wait=true', editor, { method: 'POST' })
    expect(await started.json()).toMatchObject({ state: { current: 'SUCCESS' } })
  })

  test.each([
    ['save a flow', () => askYaml('/acme/flows', editorWhoSees, 'POST', flow('company', 'new'))],
    ['change one', () => askYaml('/acme/flows/company/above', editorWhoSees, 'PUT', flow('company', 'above'))],
    ['delete one', () => ask('/acme/flows/company/above', editorWhoSees, { method: 'DELETE' })],
    ['run one', () => ask('/acme/executions/company/above', editorWhoSees, { method: 'POST' })],
    ['make a namespace', () => ask('/acme/namespaces', editorWhoSees, json('POST', { id: 'company.other' }))],
  ])('not %s beyond', async (_name, attempt) => {
    const answer = await attempt()
    expect(answer.status).toBe(403)
    expect(await answer.text()).toMatch(
      /Your role EDITOR in company.team, VIEWER may not do this in the namespace company/,
    )
  })

  test('not delete an execution beyond, which reads as one that is not there to be deleted', async () => {
    const path = `/acme/executions/${executions.get('above')}`
    expect((await ask(path, editorWhoSees, { method: 'DELETE' })).status).toBe(404)
    expect((await ask(path, kit.ownerToken)).status).toBe(200)
  })
})

test('Postgres itself refuses a row beyond, whatever a query forgets', async () => {
  const db = tenantDb(kit.tenantId, database(), { namespaces: ['company.team'] })
  expect((await db.flow.findMany()).every(({ namespace }) => namespace.startsWith('company.team'))).toBe(true)
  const entry = { tenantId: kit.tenantId, key: 'k', type: 'STRING', value: 'v' }
  await db.kvEntry.create({ data: { ...entry, namespace: 'company.team' } })
  await expect(db.kvEntry.create({ data: { ...entry, namespace: 'company' } })).rejects.toThrow(/row-level security/)
  expect(await db.flow.updateMany({ where: { namespace: 'company' }, data: { disabled: true } })).toEqual({ count: 0 })
})

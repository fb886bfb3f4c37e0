import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, helloFlow, openWebKit, type WebKit } from '../testing/web-kit'
import type { BlueprintRecord, BlueprintVersion } from './blueprint'

let kit: WebKit
let editor: string
let viewer: string

beforeAll(async () => {
  kit = await openWebKit()
  editor = await kit.tokenFor(kit.tenantId, 'EDITOR')
  viewer = await kit.tokenFor(kit.tenantId, 'VIEWER')
})
afterAll(() => kit?.close())

const base = '/acme/blueprints/flow'

function send(method: string, path: string, token: string | null, body?: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  return ask(path, token, { method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers }) })
}

async function save(title: string, more: object = {}): Promise<BlueprintRecord> {
  const reply = await send('POST', base, editor, { title, source: helloFlow('hello'), tags: ['Ours'], ...more })
  expect(reply.status).toBe(200)
  return (await reply.json()) as BlueprintRecord
}

const template = {
  source:
    'id: load_<< arg.table >>\nnamespace: a.b\ntasks:\n  - {id: t, type: io.kestra.plugin.core.log.Log, message: "{{ flow.id }}"}\n',
  templateArguments: [{ id: 'table', type: 'SELECT', values: ['orders', 'customers'] }],
}

describe('the gallery', () => {
  test('lists what comes with Millrace, for everyone who belongs to the tenant', async () => {
    const { results, tags } = (await (await ask(base, viewer)).json()) as {
      results: BlueprintRecord[]
      tags: { name: string }[]
    }
    expect(results.length).toBeGreaterThan(40)
    expect(results.find(({ id }) => id === 'hello-world')).toMatchObject({
      kind: 'MILLRACE',
      runsAnywhere: true,
      types: ['io.kestra.plugin.core.debug.Return', 'io.kestra.plugin.core.log.Log'],
    })
    expect(tags.map(({ name }) => name)).toContain('ETL')
  })

  test.each([
    ['q=postgres s3', 'postgres-to-s3'],
    ['q=SSERequest', 'ask-language-model'],
    ['tag=Approval', 'approval-by-chat'],
  ])('finds by %s', async (query, id) => {
    const { results, total } = (await (await ask(`${base}?${query}`, viewer)).json()) as {
      results: BlueprintRecord[]
      total: number
    }
    expect(results.map(result => result.id)).toContain(id)
    expect(total).toBeLessThan(10)
  })

  test('tells what a blueprint needs', async () => {
    const found = (await (await ask(`${base}/postgres-to-s3`, viewer)).json()) as BlueprintRecord
    expect(found.needs).toMatchObject({
      secrets: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_KEY_ID', 'POSTGRES_PASSWORD'],
      services: ['PostgreSQL', 'S3'],
    })
  })

  test('fills in where the flow is to lie', async () => {
    const reply = await send('POST', `${base}/hello-world/use-template`, viewer, { namespace: 'x.y', flowId: 'mine' })
    expect((await reply.json()) as { source: string }).toMatchObject({
      source: expect.stringMatching(/^id: mine\nnamespace: x\.y\n/),
    })
  })
})

describe("a tenant's own", () => {
  test('is saved, found, used, changed, restored and deleted', async () => {
    const made = await save('Greeting')
    expect(made).toMatchObject({ kind: 'OWN', version: 1, latestVersion: 1, needs: { secrets: [] } })
    const own = await ask(`${base}?kind=OWN&q=greeting`, viewer)
    const { results, tags } = (await own.json()) as { results: BlueprintRecord[]; tags: object[] }
    expect(tags).toEqual([{ name: 'Ours', count: 1 }])
    expect(results.map(({ title }) => title)).toEqual(['Greeting'])
    const changed = await send('PUT', `${base}/${made.id}`, editor, {
      title: 'Greeting 2',
      source: helloFlow('hi'),
      expectedVersion: 1,
    })
    expect(await changed.json()).toMatchObject({ title: 'Greeting 2', version: 2, tags: [] })
    const versions = (await (await ask(`${base}/${made.id}/versions`, viewer)).json()) as BlueprintVersion[]
    expect(versions.map(({ version, title }) => [version, title])).toEqual([
      [2, 'Greeting 2'],
      [1, 'Greeting'],
    ])
    const older = (await (await ask(`${base}/${made.id}?version=1`, viewer)).json()) as BlueprintRecord
    expect(older).toMatchObject({ title: 'Greeting', version: 1, latestVersion: 2, source: helloFlow('hello') })
    expect((await send('DELETE', `${base}/${made.id}`, editor)).status).toBe(204)
    expect((await ask(`${base}/${made.id}`, viewer)).status).toBe(404)
  })

  test('of two who save at once one is told', async () => {
    const { id } = await save('Twice')
    const text = { title: 'Twice', source: helloFlow('b'), expectedVersion: 1 }
    const statuses = await Promise.all([
      send('PUT', `${base}/${id}`, editor, text),
      send('PUT', `${base}/${id}`, editor, text),
    ])
    expect(statuses.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  test('asks for its arguments', async () => {
    const { id } = await save('Template', template)
    const use = (given: object) => send('POST', `${base}/${id}/use-template`, viewer, { arguments: given })
    const { source } = (await (await use({ table: 'orders' })).json()) as { source: string }
    expect(source).toContain('id: load_orders\n')
    expect(source).toContain('{{ flow.id }}')
    expect((await use({})).status).toBe(422)
    expect((await use({ table: 'nonsense' })).status).toBe(422)
  })

  test.each([
    ['no flow', { source: 'tasks: [' }, /YAML|flow/i],
    ['an argument that is not declared', { ...template, templateArguments: [] }, /<< arg.table >>/],
    [
      'an argument that can not be asked for',
      { ...template, templateArguments: [{ id: 'table', type: 'FILE' }] },
      /FILE/,
    ],
    ['an argument that is none', { ...template, templateArguments: [{ id: 'table' }] }, /templateArguments/],
  ])('is refused with %s', async (_, more, message) => {
    const reply = await send('POST', base, editor, { title: 'Wrong', ...more })
    expect(reply.status).toBe(422)
    expect(await reply.text()).toMatch(message)
  })

  test('has a title of its own', async () => {
    await save('Taken')
    expect((await send('POST', base, editor, { title: 'Taken', source: helloFlow('a') })).status).toBe(409)
  })

  test('is made and changed by those alone who may', async () => {
    const { id } = await save('Guarded')
    const text = { title: 'Mine', source: helloFlow('a') }
    for (const token of [viewer, null, kit.strangerToken]) {
      const expected = token === viewer ? 403 : token === null ? 401 : 404
      expect((await send('POST', base, token, text)).status).toBe(expected)
      expect((await send('PUT', `${base}/${id}`, token, text)).status).toBe(expected)
      expect((await send('DELETE', `${base}/${id}`, token)).status).toBe(expected)
    }
    expect((await ask(`/other/blueprints/flow/${id}`, kit.strangerToken)).status).toBe(404)
    expect((await ask(`${base}/${id}`, viewer)).status).toBe(200)
  })

  test('stands in the audit log', async () => {
    const { id } = await save('Noted')
    await send('DELETE', `${base}/${id}`, editor)
    const entries = await kit.scope.db.auditEntry.findMany({
      where: { tenantId: kit.tenantId, resource: 'BLUEPRINT', target: 'Noted' },
    })
    expect(entries.map(({ action }) => action).sort()).toEqual(['CREATE', 'DELETE'])
  })

  test('that one of Millrace’s can not be changed', async () => {
    const text = { title: 'Mine', source: helloFlow('a') }
    expect((await send('PUT', `${base}/hello-world`, editor, text)).status).toBeGreaterThanOrEqual(400)
  })
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask, askYaml, helloFlow, openWebKit, type WebKit } from '../testing/web-kit'
import { createFlow } from './create-flow'
import { updateFlow } from './update-flow'

let kit: WebKit
beforeAll(async () => {
  kit = await openWebKit()
})
afterAll(() => kit.close())

const create = (yaml: string) => askYaml('/acme/flows', kit.ownerToken, 'POST', yaml)
const update = (id: string, yaml: string, query = '') =>
  askYaml(`/acme/flows/company.team/${id}${query}`, kit.ownerToken, 'PUT', yaml)
const read = async (path: string) => (await ask(path, kit.ownerToken)).json()

test('a flow is created, read, changed and deleted; each text stays', async () => {
  const first = helloFlow('life', 'description: one\n')
  const created = await create(first)
  expect(created.status).toBe(200)
  expect(await created.json()).toMatchObject({
    id: 'life',
    revision: 1,
    source: first,
    taskIds: ['hello'],
    tenantId: 'acme',
  })
  const second = helloFlow('life', 'description: two\n')
  expect(await (await update('life', second)).json()).toMatchObject({ revision: 2, description: 'two' })
  expect(await (await update('life', second)).json()).toMatchObject({ revision: 2 })
  expect(await read('/acme/flows/company.team/life?revision=1')).toMatchObject({
    revision: 1,
    source: first,
    description: 'one',
  })
  expect(await read('/acme/flows/company.team/life?source=false')).not.toHaveProperty('source')
  expect(await read('/acme/flows/company.team/life/revisions')).toMatchObject([
    { revision: 2, source: second },
    { revision: 1, source: first },
  ])
  expect((await ask('/acme/flows/company.team/life', kit.ownerToken, { method: 'DELETE' })).status).toBe(204)
  expect((await ask('/acme/flows/company.team/life', kit.ownerToken)).status).toBe(404)
  expect(await (await create(first)).json()).toMatchObject({ revision: 3 })
})

test('all problems of a flow are told at once with their places, and nothing is saved', async () => {
  const response = await create(
    'id: broken\nnamespace: company.team\ntasks:\n  - id: a\n    type: io.kestra.plugin.core.log.Logg\n  - id: b\n    type: io.kestra.plugin.core.log.Log\n    mesage: hi\n',
  )
  expect(response.status).toBe(422)
  const { message, _embedded } = await response.json()
  expect(message).toMatch(/line 5/)
  expect(_embedded.errors).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ code: 'UNKNOWN_TYPE', path: 'tasks[0].type', line: 5, column: 11 }),
      expect.objectContaining({ code: 'UNKNOWN_PROPERTY', line: 8, column: 5 }),
    ]),
  )
  expect((await ask('/acme/flows/company.team/broken', kit.ownerToken)).status).toBe(404)
})

test('a flow that is there is not created again, and its name may not change', async () => {
  await create(helloFlow('named'))
  expect((await create(helloFlow('named'))).status).toBe(409)
  const renamed = await update('named', helloFlow('renamed'))
  expect(renamed.status).toBe(422)
  expect(await renamed.json()).toMatchObject({ _embedded: { errors: [{ path: 'id' }] } })
})

test('a change based on an old revision is refused', async () => {
  await create(helloFlow('shared'))
  await update('shared', helloFlow('shared', 'description: theirs\n'))
  const mine = await update('shared', helloFlow('shared', 'description: mine\n'), '?expectedRevision=1')
  expect(mine.status).toBe(409)
  expect(await read('/acme/flows/company.team/shared')).toMatchObject({ revision: 2, description: 'theirs' })
})

test('who saves at once saves one after the other: no revision is lost or doubled', async () => {
  await createFlow(kit.scope, helloFlow('busy'))
  const texts = Array.from({ length: 8 }, (_, index) => helloFlow('busy', `description: "${index}"\n`))
  await Promise.all(texts.map(source => updateFlow(kit.scope, { namespace: 'company.team', id: 'busy', source })))
  const revisions: { revision: number; source: string }[] = await read('/acme/flows/company.team/busy/revisions')
  expect(revisions.map(({ revision }) => revision)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1])
  expect(new Set(revisions.slice(0, 8).map(({ source }) => source))).toEqual(new Set(texts))
})

test('two who create the same flow at once: one does', async () => {
  const statuses = await Promise.all([create(helloFlow('twin')), create(helloFlow('twin'))])
  expect(statuses.map(({ status }) => status).sort()).toEqual([200, 409])
})

test('checking takes several documents and keeps the lines of the whole text', async () => {
  const text = `${helloFlow('one')}---\nid: two\nnamespace: company.team\ntasks: []\n`
  const response = await askYaml('/acme/flows/validate', kit.ownerToken, 'POST', text)
  expect(await response.json()).toMatchObject([
    { index: 0, flow: 'one', namespace: 'company.team', constraints: null, outdated: false, diagnostics: [] },
    { index: 1, flow: 'two', constraints: expect.any(String), diagnostics: [{ range: { line: 10 } }] },
  ])
})

test.each<[string, string, number]>([
  ['a list', '- a\n- b\n', 422],
  ['nothing', '', 422],
  ['broken YAML', 'id: [a\n', 422],
  [
    'a bomb of aliases',
    `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
      .split('')
      .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(',')}]`)
      .join('\n')}\n`,
    422,
  ],
  ['too much', `id: big\n# ${'x'.repeat(10 * 1024 * 1024)}\n`, 413],
])('%s is refused', async (_, text, status) => {
  const response = await create(text)
  expect(response.status).toBe(status)
  expect((await response.json())._embedded.errors.length).toBeGreaterThan(0)
})

test('flows are found by text and namespace, a page at a time', async () => {
  for (const id of ['list-a', 'list-b', 'list-c'])
    await createFlow(kit.scope, helloFlow(id).replace('company.team', 'lists.of'))
  const first = await read('/acme/flows/search?namespace=lists&limit=2')
  expect(first).toMatchObject({ total: 3, results: [{ id: 'list-a' }, { id: 'list-b' }] })
  const second = await read(`/acme/flows/search?namespace=lists&limit=2&cursor=${first.nextCursor}`)
  expect(second.results.map(({ id }: { id: string }) => id)).toEqual(['list-c'])
  expect(second.nextCursor).toBeUndefined()
  expect(await read('/acme/flows/search?namespace=lists&page=2&size=2')).toMatchObject({ results: [{ id: 'list-c' }] })
  expect(await read('/acme/flows/search?q=LIST-B')).toMatchObject({ total: 1, results: [{ id: 'list-b' }] })
  expect(await read('/acme/flows/search?q=l_st-b')).toMatchObject({ total: 0 })
  expect(await read('/acme/flows/search?namespace=list')).toMatchObject({ total: 0 })
})

test('the API describes itself, every route of it', async () => {
  const document = await (await ask('/openapi.json', null)).json()
  expect(document.openapi).toBe('3.1.0')
  expect(Object.keys(document.paths)).toEqual(
    expect.arrayContaining([
      '/{tenant}/flows',
      '/{tenant}/flows/{namespace}/{id}',
      '/{tenant}/executions/{id}/follow',
      '/{tenant}/executions/{id}/file',
      '/{tenant}/logs/{id}/follow',
    ]),
  )
})

test('a misspelt property of a JSON body is told, an unknown path is 404, a wrong method 405', async () => {
  const body = JSON.stringify({ sauce: 'id: a' })
  const misspelt = await ask('/acme/flows', kit.ownerToken, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  })
  expect(misspelt.status).toBe(400)
  expect(await misspelt.json()).toMatchObject({ _embedded: { errors: [{ path: 'sauce', code: 'UNKNOWN_PROPERTY' }] } })
  expect((await ask('/acme/nothing', kit.ownerToken)).status).toBe(404)
  expect((await ask('/acme/flows', kit.ownerToken, { method: 'DELETE' })).status).toBe(405)
})

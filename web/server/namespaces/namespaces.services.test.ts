/** What a namespace holds, over the API: KV entries, files, dependencies, and who is refused. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { database } from '#db/client'
import { createToken } from '#db/credentials'
import type { Role } from '../access/permissions'
import { createFlow } from '../flows/create-flow'
import { ask, askYaml, openWebKit, type WebKit } from '../testing/web-kit'

let kit: WebKit
let bound: string
let viewer: string

beforeAll(async () => {
  kit = await openWebKit()
  viewer = await kit.tokenFor(kit.tenantId, 'VIEWER')
  bound = await tokenBoundTo('EDITOR', 'mill.team')
})
afterAll(() => kit.close())

const send = (method: string, path: string, body?: object, token = kit.ownerToken) =>
  ask(path, token, {
    method,
    ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
const json = async (answer: Promise<Response>) => {
  const response = await answer
  return { status: response.status, body: response.status === 204 ? null : await response.json() }
}

async function tokenBoundTo(builtIn: Role, namespace: string): Promise<string> {
  const { tenantId, scope } = kit
  const { id: userId } = await database().user.create({ data: { email: 'bound@example.com', passwordHash: '' } })
  const { token, hash, lastFour } = createToken()
  await scope.db.membership.create({ data: { tenantId, userId } })
  await scope.db.roleBinding.create({ data: { tenantId, userId, builtIn, namespace } })
  await scope.db.apiToken.create({ data: { tenantId, userId, name: 'bound', hash, lastFour } })
  return token
}

describe('KV entries', () => {
  const at = '/acme/namespaces/mill.team/kv'

  test('are set with a type and for a time, listed, read and deleted', async () => {
    const set = await json(send('PUT', `${at}/since`, { value: '2030-01-31', ttl: 'P1D' }))
    expect(set).toMatchObject({ status: 200, body: { type: 'DATE', version: 1, value: '2030-01-31' } })
    const lives = Date.parse(set.body.expires) - Date.now()
    expect(Math.round(lives / 3_600_000)).toBe(24)
    await send('PUT', `${at}/since`, { value: '2030-01-31', type: 'STRING' })
    await send('PUT', `${at}/nothing`, { value: null })
    expect((await json(send('GET', at))).body).toMatchObject({
      total: 2,
      results: [
        { key: 'nothing', type: 'JSON' },
        { key: 'since', type: 'STRING', version: 2, expires: null },
      ],
    })
    expect((await json(send('GET', `${at}/nothing`))).body).toMatchObject({ value: null })
    expect((await json(send('GET', `${at}?q=sin`))).body.total).toBe(1)
    expect((await json(send('GET', '/acme/kv'))).body.total).toBe(2)
    expect((await send('DELETE', `${at}/nothing`)).status).toBe(204)
    expect((await send('DELETE', `${at}/nothing`)).status).toBe(404)
    expect((await send('GET', `${at}/nothing`)).status).toBe(404)
  })

  test('that have expired are not there', async () => {
    const data = { tenantId: kit.tenantId, namespace: 'mill.team', key: 'old', type: 'STRING', value: 'x' }
    await kit.scope.db.kvEntry.create({ data: { ...data, expiresAt: new Date(Date.now() - 1000) } })
    expect((await send('GET', `${at}/old`)).status).toBe(404)
    expect(JSON.stringify((await json(send('GET', at))).body)).not.toContain('old')
  })

  test.each<[string, string, object, number]>([
    ['without a value', 'key', {}, 400],
    ['of another type', 'key', { value: 'x', type: 'NUMBER' }, 422],
    ['with a time to live that is none', 'key', { value: 1, ttl: 'soon' }, 422],
    ['with a negative one', 'key', { value: 1, ttl: '-PT1H' }, 422],
    ['with a key that is none', 'a%20b', { value: 1 }, 400],
  ])('%s are refused', async (_name, key, body, status) => {
    expect((await send('PUT', `${at}/${key}`, body)).status).toBe(status)
  })

  test('are refused to others: another tenant, a lesser role, a member beyond reach, nobody', async () => {
    const put = (path: string, token: string) => send('PUT', path, { value: 1 }, token)
    expect((await put(`${at}/key`, kit.strangerToken)).status).toBe(404)
    expect((await put(`${at}/key`, viewer)).status).toBe(403)
    expect((await send('GET', `${at}/since`, undefined, viewer)).status).toBe(200)
    expect((await put('/acme/namespaces/mill/kv/key', bound)).status).toBe(403)
    expect((await put('/acme/namespaces/mill.team.below/kv/key', bound)).status).toBe(200)
    await put('/acme/namespaces/mill/kv/hidden', kit.ownerToken)
    expect((await send('GET', '/acme/namespaces/mill/kv/hidden', undefined, bound)).status).toBe(404)
    expect((await json(send('GET', '/acme/namespaces/mill/kv', undefined, bound))).body.total).toBe(0)
    expect((await ask(at, null)).status).toBe(401)
  })
})

describe('files', () => {
  const at = '/acme/namespaces/mill.team/files'
  const write = (path: string, content = 'select 1', token = kit.ownerToken) =>
    send('PUT', `${at}/text`, { path, content }, token)
  const upload = (path: string, content: BlobPart, token = kit.ownerToken) => {
    const body = new FormData()
    body.set('fileContent', new Blob([content]), 'ignored.bin')
    return ask(`${at}?path=${encodeURIComponent(path)}`, token, { method: 'POST', body })
  }
  const paths = async () => {
    const { results } = (await json(send('GET', `${at}/directory`))).body as { results: { path: string }[] }
    return results.map(({ path }) => path)
  }

  test('are written, listed, read, moved and deleted', async () => {
    expect((await json(write('sql/a.sql'))).body).toMatchObject({ path: 'sql/a.sql', size: 8 })
    await write('sql/b.sql')
    expect((await upload('logo.bin', new Uint8Array([0, 255, 1]))).status).toBe(200)
    expect(await paths()).toEqual(['logo.bin', 'sql/a.sql', 'sql/b.sql'])
    expect((await json(send('GET', `${at}/text?path=sql/a.sql`))).body).toEqual({
      path: 'sql/a.sql',
      content: 'select 1',
    })
    expect((await send('GET', `${at}/text?path=logo.bin`)).status).toBe(415)
    expect((await json(send('PUT', at, { from: 'sql', to: 'queries/all' }))).body).toEqual({ moved: 2 })
    expect((await send('PUT', at, { from: 'logo.bin', to: 'queries/all/a.sql' })).status).toBe(409)
    expect((await send('PUT', at, { from: 'queries', to: 'queries/all' })).status).toBe(422)
    expect((await send('PUT', at, { from: 'gone', to: 'x' })).status).toBe(404)
    expect(await paths()).toEqual(['logo.bin', 'queries/all/a.sql', 'queries/all/b.sql'])
    expect((await json(send('DELETE', `${at}?path=queries`))).body).toEqual({ deleted: 2 })
    expect((await send('DELETE', `${at}?path=queries`)).status).toBe(404)
  })

  test('are taken out and put in again as a zip, a folder or all of them', async () => {
    const put = (path: string, archive: Buffer, query = '', token = kit.ownerToken) => {
      const body = new FormData()
      body.set('fileContent', new Blob([new Uint8Array(archive)]), 'files.zip')
      return ask(`/acme/namespaces/${path}/files/import${query}`, token, { method: 'POST', body })
    }
    await write('pack/one.sql', 'select 1')
    await write('pack/deep/two.sql', 'select 2')
    const answer = await ask(`${at}/export?path=pack`, kit.ownerToken)
    expect(answer.headers.get('content-disposition')).toContain('pack.zip')
    const archive = Buffer.from(await answer.arrayBuffer())
    expect((await json(put('mill.zip', archive, '?path=in'))).body).toMatchObject({ total: 2 })
    const listed = await json(send('GET', '/acme/namespaces/mill.zip/files/directory'))
    expect(listed.body.results.map(({ path }: { path: string }) => path)).toEqual(['in/deep/two.sql', 'in/one.sql'])
    expect((await json(send('GET', '/acme/namespaces/mill.zip/files/text?path=in/one.sql'))).body.content).toBe(
      'select 1',
    )
    expect((await ask(`${at}/export?path=nothing`, kit.ownerToken)).status).toBe(404)
    expect((await ask('/acme/namespaces/mill/files/export', bound)).status).toBe(403)
    expect((await put('mill', archive, '', bound)).status).toBe(403)
    expect((await put('mill.team', archive, '', viewer)).status).toBe(403)
    expect((await json(put('mill.team', Buffer.from('no zip at all, only a text')))).body.message).toMatch(
      /it is no zip/,
    )
    // A path that climbs out: nothing of the archive is stored.
    const evil = Buffer.from(archive.toString('latin1').replaceAll('deep/two.sql', '../../two.sq'), 'latin1')
    expect((await put('mill.evil', evil)).status).toBe(422)
    expect((await json(send('GET', '/acme/namespaces/mill.evil/files/directory'))).body.results).toEqual([])
    await send('DELETE', `${at}?path=pack`)
  })

  test('are downloaded so that no browser runs them', async () => {
    await upload('page é.html', '<script>alert(1)</script>')
    const answer = await ask(`${at}?path=${encodeURIComponent('page é.html')}`, kit.ownerToken)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="page _.html"; filename*=UTF-8''page%20%C3%A9.html`,
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
    })
    expect(await answer.text()).toBe('<script>alert(1)</script>')
    expect((await ask(`${at}?path=none`, kit.ownerToken)).status).toBe(404)
  })

  test.each(['../x', 'a/../../x', '/etc/passwd', 'a\0b', 'a\\b', 'x'.repeat(300), '.', ''])(
    'the path %.20j is refused, whatever is done with it',
    async path => {
      const query = encodeURIComponent(path)
      const answers = await Promise.all([
        write(path),
        upload(path, 'x'),
        send('GET', `${at}/text?path=${query}`),
        ask(`${at}?path=${query}`, kit.ownerToken),
        send('DELETE', `${at}?path=${query}`),
        send('PUT', at, { from: 'page é.html', to: path }),
      ])
      for (const { status } of answers) expect([400, 422]).toContain(status)
    },
  )

  test('too large a text, and a namespace whose folder is another one’s, are refused', async () => {
    expect((await write('big.txt', 'x'.repeat(2 ** 20 + 1))).status).toBe(400)
    const dotted = { path: 'a', content: '' }
    expect((await send('PUT', '/acme/namespaces/mill..team/files/text', dotted)).status).toBe(422)
  })

  test('are refused to others: another tenant, a lesser role, a member beyond reach, nobody', async () => {
    expect((await write('a', '', kit.strangerToken)).status).toBe(404)
    expect((await write('a', '', viewer)).status).toBe(403)
    expect((await upload('a', 'x', viewer)).status).toBe(403)
    expect((await send('GET', `${at}/directory`, undefined, viewer)).status).toBe(200)
    const beyond = '/acme/namespaces/mill/files'
    await send('PUT', `${beyond}/text`, { path: 'hidden', content: 'x' })
    expect((await write('mine', '', bound)).status).toBe(200)
    expect((await send('PUT', `${beyond}/text`, { path: 'a', content: '' }, bound)).status).toBe(403)
    expect((await send('GET', `${beyond}/text?path=hidden`, undefined, bound)).status).toBe(404)
    expect((await send('GET', `${beyond}/directory`, undefined, bound)).status).toBe(404)
    expect((await ask(`${beyond}?path=hidden`, bound)).status).toBe(403)
    expect((await ask(`${at}/directory`, null)).status).toBe(401)
  })

  test('keep their namespace in the tree, and the log knows of them', async () => {
    await send('PUT', '/acme/namespaces/only.files/files/text', { path: 'a', content: 'x' })
    const { body } = await json(send('GET', '/acme/namespaces/search?q=only'))
    expect(body.results).toMatchObject([{ id: 'only' }, { id: 'only.files', parent: 'only' }])
    expect((await send('DELETE', '/acme/namespaces/only.files')).status).toBe(409)
    const last = await kit.scope.db.auditEntry.findFirst({
      where: { resource: 'FILE', action: 'CREATE' },
      orderBy: { position: 'desc' },
    })
    expect(last).toMatchObject({ target: 'only.files/a', namespace: 'only.files' })
  })
})

describe('namespaces', () => {
  const core = 'io.kestra.plugin.core'

  test('say which others may use what they hold', async () => {
    expect((await json(send('GET', '/acme/namespaces/mill.team'))).body).toMatchObject({ allowedNamespaces: null })
    const set = await json(send('PUT', '/acme/namespaces/mill.team', { allowedNamespaces: ['mill.lab'] }))
    expect(set.body).toMatchObject({ allowedNamespaces: ['mill.lab'], counts: { kvEntries: 1, flows: 0 } })
    await send('PUT', '/acme/namespaces/mill.team', { description: 'said', allowedNamespaces: [] })
    expect((await json(send('GET', '/acme/namespaces/mill.team'))).body).toMatchObject({ allowedNamespaces: [] })
    expect((await send('PUT', '/acme/namespaces/mill.team', { allowedNamespaces: ['A b'] })).status).toBe(400)
    await send('PUT', '/acme/namespaces/mill.team/secrets', { key: 'PIN', value: 'one two three' })
    const inherited = async (by: string) => (await json(send('GET', `/acme/namespaces/${by}/inherited-secrets`))).body
    expect(await inherited('mill.team.below')).toEqual({ mill: [] })
    await send('PUT', '/acme/namespaces/mill.team', { allowedNamespaces: null })
    expect(await inherited('mill.team.below')).toEqual({ mill: [], 'mill.team': ['PIN'] })
    expect((await send('PUT', '/acme/namespaces/mill', { description: 'x' }, bound)).status).toBe(403)
    expect((await send('DELETE', '/acme/namespaces/mill', undefined, bound)).status).toBe(403)
    expect((await send('PUT', '/acme/namespaces/mill.team', { description: 'x' }, viewer)).status).toBe(403)
  })

  test('a trigger that starts after flows of a namespace which does not admit its own is warned of, and can be saved', async () => {
    const text = `id: after
namespace: mill.guest
tasks: [{id: one, type: io.kestra.plugin.core.debug.Return, format: x}]
triggers:
  - {id: all, type: io.kestra.plugin.core.trigger.Flow}
  - id: follow
    type: io.kestra.plugin.core.trigger.Flow
    preconditions: {id: p, flows: [{namespace: mill.vault, flowId: opened}]}
`
    const warnings = async () => {
      const response = await askYaml('/acme/flows/validate', kit.ownerToken, 'POST', text)
      const [checked] = (await response.json()) as { warnings: string[]; constraints: string | null }[]
      expect(checked!.constraints).toBeNull()
      return checked!.warnings.filter(warning => warning.includes('may not use'))
    }
    expect(await warnings()).toEqual([])
    await send('POST', '/acme/namespaces', { id: 'mill.vault', allowedNamespaces: [] })
    expect(await warnings()).toEqual([
      expect.stringContaining('A flow of mill.guest may not use executions of the namespace mill.vault'),
    ])
    expect((await askYaml('/acme/flows', kit.ownerToken, 'POST', text)).status).toBe(200)
    await send('PUT', '/acme/namespaces/mill.vault', { allowedNamespaces: ['mill.guest'] })
    expect(await warnings()).toEqual([])
  })

  test('know which flows call or start which', async () => {
    const flow = (namespace: string, id: string, tasks: string, more = '') =>
      createFlow(kit.scope, `id: ${id}\nnamespace: ${namespace}\ntasks:\n${tasks}\n${more}`)
    const log = `  - {id: say, type: ${core}.log.Log, message: hi}`
    const call = (namespace: string, id: string) =>
      `  - {id: call, type: ${core}.flow.Subflow, namespace: ${namespace}, flowId: ${id}}`
    await flow('dep.a', 'child', log)
    await flow('dep.b', 'caller', call('dep.a', 'child'))
    await flow('dep.b', 'own', call('"{{ flow.namespace }}"', 'caller'))
    await flow(
      'dep.b',
      'decides',
      `  - {id: call, type: ${core}.flow.Subflow, namespace: dep.a, flowId: "{{ inputs.x }}"}`,
      'inputs: [{id: x, type: STRING}]',
    )
    const batches = `type: ${core}.flow.ForEachItem, items: "{{ inputs.f }}", namespace: dep.a, flowId: child`
    await flow('dep.b', 'batches', `  - {id: each, ${batches}}`, 'inputs: [{id: f, type: FILE}]')
    const condition = `{type: ${core}.condition.ExecutionFlow, namespace: dep.b, flowId: caller}`
    await flow('dep.c', 'after', log, `triggers: [{id: when, type: ${core}.trigger.Flow, conditions: [${condition}]}]`)
    const { body } = await json(send('GET', '/acme/namespaces/dep.b/dependencies'))
    const said = body.results.map((edge: { from: Name; to: Name; kind: string; via: string }) =>
      [nameOf(edge.from), edge.kind, nameOf(edge.to), edge.via].join(' '),
    )
    expect(said.sort()).toEqual([
      'dep.b.batches calls dep.a.child each',
      'dep.b.caller calls dep.a.child call',
      'dep.b.caller starts dep.c.after when',
      'dep.b.own calls dep.b.caller call',
    ])
    expect(body.undecided).toEqual([{ namespace: 'dep.b', id: 'decides', via: 'call' }])
    expect((await send('GET', '/acme/namespaces/dep.b/dependencies', undefined, bound)).status).toBe(404)
    const all = (await json(send('GET', '/acme/dependencies'))).body.results
    expect(all).toEqual(expect.arrayContaining(body.results))
    expect((await json(send('GET', '/acme/dependencies', undefined, bound))).body).toEqual({
      results: [],
      undecided: [],
    })
  })
})

type Name = { namespace: string; id: string }
const nameOf = ({ namespace, id }: Name) => `${namespace}.${id}`

/** Secrets, namespaces and SECRET inputs as the API has them; the worker opens them in its own tests. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseUrl } from '#db/client'
import type { JsonObject } from '#language/json'
import { workflowIdOf } from '#worker/contract'
import { readAllHistories, readAllRows } from '../../../test/harness/everything'
import type { Execution } from '../executions/execution'
import { createFlow } from '../flows/create-flow'
import { temporal } from '../temporal'
import { ask, askYaml, openWebKit, type WebKit } from '../testing/web-kit'
import { secretServices } from './secret-services'

let kit: WebKit

beforeAll(async () => {
  kit = await openWebKit()
})
afterAll(() => kit.close())

const value = 'correct horse "battery" staple'

const send = (method: string, path: string, body?: object, token = kit.ownerToken) =>
  ask(path, token, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
const json = async (response: Promise<Response>) => {
  const answer = await response
  return { status: answer.status, body: answer.status === 204 ? null : await answer.json() }
}

describe('secrets', () => {
  const at = '/acme/namespaces/company.team/secrets'

  test('are set, listed by name, and never shown', async () => {
    const set = await json(send('PUT', at, { key: 'PASSWORD', value, description: 'of the mill' }))
    expect(set).toMatchObject({ status: 200, body: { key: 'PASSWORD', version: 1, description: 'of the mill' } })
    await send('PUT', at, { key: 'PASSWORD', value: `${value}!` })
    await send('PUT', '/acme/namespaces/company/secrets', { key: 'TOKEN', value })
    const lists = await Promise.all([
      json(send('GET', at)),
      json(send('GET', '/acme/secrets')),
      json(send('GET', '/acme/namespaces/company.team/inherited-secrets')),
      json(send('GET', `${at}/PASSWORD/versions`)),
    ])
    expect(lists.map(({ body }) => body)).toMatchObject([
      { total: 1, readOnly: false, results: [{ key: 'PASSWORD', version: 2, description: 'of the mill' }] },
      { total: 2 },
      { company: ['TOKEN'] },
      [{ version: 2 }, { version: 1 }],
    ])
    const told = JSON.stringify([set, lists])
    for (const word of ['horse', 'ciphertext', Buffer.from(value).toString('base64')]) expect(told).not.toContain(word)
    expect(await readAllRows(databaseUrl())).not.toContain('horse')
    const found = await secretServices().store.find(kit.tenantId, ['company.team', 'company'], 'PASSWORD')
    expect(found?.value).toBe(`${value}!`)
  })

  test('of another tenant do not exist', async () => {
    expect(await json(send('GET', '/other/secrets', undefined, kit.strangerToken))).toMatchObject({
      body: { total: 0 },
    })
    expect((await send('GET', `${at}/PASSWORD/versions`, undefined, kit.strangerToken)).status).toBe(404)
    await send('PUT', '/other/namespaces/company/secrets', { key: 'TOKEN', value: 'theirs' }, kit.strangerToken)
    expect((await secretServices().store.find(kit.tenantId, ['company'], 'TOKEN'))?.value).toBe(value)
  })

  test('are deleted with all versions', async () => {
    await send('PUT', at, { key: 'GONE', value })
    expect((await send('DELETE', `${at}/GONE`)).status).toBe(204)
    expect((await send('DELETE', `${at}/GONE`)).status).toBe(404)
  })

  test.each<[string, object]>([
    ['without a value', { key: 'KEY', value: '' }],
    ['with too large a value', { key: 'KEY', value: 'x'.repeat(70_000) }],
    ['with a key that is none', { key: 'a b', value }],
  ])('%s are refused, and the value is not told back', async (_, body) => {
    const refused = await json(send('PUT', at, body))
    expect(refused.status).toBe(400)
    expect(JSON.stringify(refused.body)).not.toMatch(/horse|xxx/)
  })

  test.each([
    ['LAUNCHER', 403],
    ['VIEWER', 403],
    ['EDITOR', 200],
  ] as const)('%s asks for names: %d', async (role, status) => {
    expect((await send('GET', at, undefined, await kit.tokenFor(kit.tenantId, role))).status).toBe(status)
  })
})

describe('SECRET inputs', () => {
  const core = 'io.kestra.plugin.core'
  const source = `id: asks
namespace: company.team
inputs:
  - {id: pass, type: SECRET, validator: "[a-z\\" ]+"}
  - {id: db.token, type: SECRET, required: false}
  - {id: copy, type: STRING, defaults: "x{{ inputs.pass }}"}
  - {id: stored, type: STRING, defaults: "{{ secret('TOKEN') }}"}
  - {id: plain, type: STRING, defaults: hello}
checks:
  - {condition: "{{ inputs.pass != 'forbidden' }}", message: not this one}
tasks:
  - {id: wait, type: ${core}.flow.Pause, onResume: [{id: again, type: SECRET}]}
`

  const start = (inputs: JsonObject) => json(send('POST', '/acme/executions/company.team/asks', { inputs }))

  beforeAll(async () => {
    await createFlow(kit.scope, source)
  })

  test('are sealed before anything is kept, with whatever is made of them', async () => {
    const started = await start({ pass: value, db: { token: 'tokentoken' } })
    expect(started.status).toBe(200)
    const execution = started.body as Execution
    const hidden = { type: 'io.kestra.datatype:aes_encrypted', value: '******' }
    expect(execution.inputs).toEqual({
      pass: hidden,
      db: { token: hidden },
      copy: hidden,
      stored: hidden,
      plain: 'hello',
    })
    const ids = [workflowIdOf(kit.tenantId, execution.id)]
    for (const text of [await readAllRows(databaseUrl()), await readAllHistories(temporal(), ids)]) {
      expect(text).toContain('io.kestra.datatype:aes_encrypted')
      for (const word of ['horse', 'tokentoken', Buffer.from(value).toString('base64').slice(4, -4)]) {
        expect(text).not.toContain(word)
      }
    }
    const row = await kit.scope.db.execution.findFirstOrThrow({ where: { id: execution.id } })
    const { pass } = row.inputs as { pass: { value: string } }
    const place = { tenantId: kit.tenantId, namespace: 'company.team', flowId: 'asks' }
    const { sealedValues } = secretServices()
    expect(await sealedValues.open(place, pass.value)).toBe(value)
    await expect(sealedValues.open({ ...place, flowId: 'other' }, pass.value)).rejects.toThrow('another place')
  })

  test.each<[string, JsonObject, RegExp]>([
    ['one that does not hold to its validator', { pass: 'UPPERCASE' }, /doesn't match/],
    ['a missing one', {}, /Missing required input:pass/],
    ['one that a check forbids', { pass: 'forbidden' }, /not this one/],
  ])('%s is refused without being told', async (_, inputs, message) => {
    const refused = await start(inputs)
    expect(refused.status).toBe(422)
    expect(refused.body.message).toMatch(message)
    expect(JSON.stringify(refused.body)).not.toMatch(/UPPERCASE|forbidden/)
  })

  test('are not walked where they are started: nothing is opened in the web app', async () => {
    await createFlow(
      kit.scope,
      `id: shows\nnamespace: company.team\ninputs: [{id: a, type: SECRET}]\ntasks: [{id: a, type: ${core}.debug.Return, format: "{{ inputs.a }}"}]`,
    )
    const { body } = await json(send('POST', '/acme/executions/company.team/shows', { inputs: { a: value } }))
    expect(body).toMatchObject({ state: { current: 'CREATED' }, taskRunList: [] })
  })

  test('a secret that is not there is said at once', async () => {
    await createFlow(
      kit.scope,
      `id: lacks\nnamespace: company\ninputs: [{id: a, type: STRING, defaults: "{{ secret('NONE') }}"}]\ntasks: [{id: a, type: ${core}.debug.Return}]`,
    )
    const refused = await json(send('POST', '/acme/executions/company/lacks', {}))
    expect(refused).toMatchObject({ status: 422, body: { message: expect.stringContaining("no secret 'NONE'") } })
  })
})

describe('namespaces', () => {
  test('are there by use or by hand, as a tree', async () => {
    await send('POST', '/acme/namespaces', { id: 'company-b.lab', description: 'by hand' })
    const { body } = await json(send('GET', '/acme/namespaces/search'))
    expect(body.results).toMatchObject([
      { id: 'company', parent: null },
      { id: 'company.team', parent: 'company', flows: expect.any(Number) },
      { id: 'company-b', parent: null, flows: 0 },
      { id: 'company-b.lab', parent: 'company-b', description: 'by hand' },
    ])
    expect((await json(send('GET', '/acme/namespaces/search?q=lab'))).body.total).toBe(2)
    expect((await send('POST', '/acme/namespaces', { id: 'company-b.lab' })).status).toBe(409)
    expect((await send('GET', '/acme/namespaces/nowhere')).status).toBe(404)
    expect((await json(send('GET', '/acme/namespaces/company-b'))).body).toMatchObject({ variables: {} })
    expect((await send('GET', '/other/namespaces/company-b.lab', undefined, kit.strangerToken)).status).toBe(404)
    expect((await send('DELETE', '/acme/namespaces/company-b.lab')).status).toBe(204)
    expect((await send('DELETE', '/acme/namespaces/company.team')).status).toBe(409)
  })

  test('say what their flows have: defaults when saved and started, variables when started', async () => {
    const core = 'io.kestra.plugin.core'
    const flow = `id: short\nnamespace: lab.one\ntasks:\n  - {id: nap, type: ${core}.flow.Sleep}\n  - {id: say, type: ${core}.log.Log, message: "{{ namespace.mill }} {{ namespace.both }}"}\n`
    expect((await askYaml('/acme/flows', kit.ownerToken, 'POST', flow)).status).toBe(422)
    const defaults = [{ type: `${core}.flow.Sleep`, values: { duration: 'PT1S' } }]
    const said = { variables: { mill: 'far', both: 'far' }, pluginDefaults: defaults }
    expect((await send('PUT', '/acme/namespaces/lab', said)).status).toBe(200)
    await send('PUT', '/acme/namespaces/lab.one', { variables: { both: 'near' } })
    expect((await askYaml('/acme/flows', kit.ownerToken, 'POST', flow)).status).toBe(200)
    const plan = async () => {
      const { body } = await json(send('POST', '/acme/executions/lab.one/short', {}))
      const row = await kit.scope.db.execution.findFirstOrThrow({ where: { id: body.id } })
      return row.plan as { namespaceVariables: object; steps: { duration: object }[] }
    }
    expect(await plan()).toMatchObject({
      namespaceVariables: { mill: 'far', both: 'near' },
      steps: [{ duration: { raw: 'PT1S' } }, {}],
    })
    await send('PUT', '/acme/namespaces/lab', { pluginDefaults: [{ ...defaults[0], values: { duration: 'PT2S' } }] })
    expect(await plan()).toMatchObject({
      namespaceVariables: { mill: 'far', both: 'near' },
      steps: [{ duration: { raw: 'PT2S' } }, {}],
    })
  })

  test('a default that is none is refused', async () => {
    const refused = await json(send('PUT', '/acme/namespaces/lab', { pluginDefaults: [{ values: {} }] }))
    expect(refused.status).toBe(400)
  })
})

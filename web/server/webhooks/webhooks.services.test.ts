/** Calls of webhooks, by whoever knows the key; what they start is walked by a real worker. */
import { createHmac } from 'node:crypto'
import { Client, Connection } from '@temporalio/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseUrl } from '#db/client'
import { tenantDb } from '#db/tenant-db'
import type { JsonObject } from '#language/json'
import { workflowIdOf } from '#worker/contract'
import { Engine } from '../../../test/harness/engine'
import { readAllHistories, readAllRows } from '../../../test/harness/everything'
import type { Scope } from '../access/tenant-scope'
import { sweepUnstarted } from '../executions/sweep-unstarted'
import { createFlow } from '../flows/create-flow'
import { temporal } from '../temporal'
import { ask, openWebKit, type WebKit } from '../testing/web-kit'
import { callsOfTenants } from './calls-of-tenants'

let kit: WebKit
let engine: Engine
beforeAll(async () => {
  kit = await openWebKit()
  engine = await Engine.start(kit.engine)
})
afterAll(async () => {
  await engine?.stop()
  await kit?.close()
})

const core = 'io.kestra.plugin.core'
const key = 'k'.repeat(30)

/** A flow of one task whose webhook has this key, and more. */
function hooked(id: string, more: JsonObject = {}, flow: JsonObject = {}): string {
  const trigger = { id: 'hook', type: `${core}.trigger.Webhook`, key, ...more }
  const tasks = [{ id: 'show', type: `${core}.debug.Return`, format: '{{ trigger.body }}' }]
  return JSON.stringify({ id, namespace: 'company.team', tasks, ...flow, triggers: [trigger] })
}
/** Needs an activity. */
const outside = { id: 'out', type: `${core}.debug.Return`, format: "{{ fileExists('none.txt') }}" }

const pathOf = (id: string, { tenant = 'acme', of = key } = {}) =>
  `/${tenant}/executions/webhook/company.team/${id}/${of}`
const call = (id: string, body = '{}', headers: Record<string, string> = {}) =>
  ask(pathOf(id), null, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })
const rowOf = (flowId: string) => engine.db.execution.findFirstOrThrow({ where: { flowId } })
const countOf = (flowId: string) => engine.db.execution.count({ where: { flowId } })
const ended = (flowId: string) =>
  expect.poll(async () => (await rowOf(flowId)).state, { timeout: 20_000 }).toMatch(/SUCCESS|FAILED/)

describe('a call', () => {
  test('starts the flow with what was sent, and answers with the execution', async () => {
    const inputs = [{ id: 'who', type: 'STRING' }]
    const given = { inputs: { who: '{{ trigger.body.who }}' }, labels: { from: "{{ trigger.parameters['by'][0] }}" } }
    await createFlow(kit.scope, hooked('full', given, { inputs }))
    const response = await ask(`${pathOf('full')}?by=me&by=you`, null, {
      method: 'PUT',
      body: '{"who":"Ada"}',
      headers: { 'X-Event': 'push', 'content-type': 'application/json' },
    })
    expect(response.status).toBe(200)
    const answer = await response.json()
    const { id } = answer
    expect(answer).toMatchObject({
      tenantId: 'acme',
      namespace: 'company.team',
      flowId: 'full',
      flowRevision: 1,
      trigger: {
        id: 'hook',
        type: `${core}.trigger.Webhook`,
        variables: { body: { who: 'Ada' }, headers: { 'x-event': ['push'] }, parameters: { by: ['me', 'you'] } },
      },
      labels: expect.arrayContaining([{ key: 'from', value: 'me' }]),
      state: { current: 'SUCCESS' },
      url: `http://millrace.test/acme/executions/${id}`,
    })
    expect(await rowOf('full')).toMatchObject({ inputs: { who: 'Ada' }, state: 'SUCCESS', trigger: answer.trigger })
    expect(JSON.stringify(answer)).not.toContain(key)
    const trigger = await engine.db.trigger.findFirstOrThrow({ where: { flowId: 'full' } })
    expect(trigger).toMatchObject({ lastExecutionId: id, lastDate: expect.any(Date) })
  })

  test('by GET, with a path after the key', async () => {
    await createFlow(kit.scope, hooked('got', {}, { tasks: [outside] }))
    expect((await ask(`${pathOf('got')}/push?a=b`, null)).status).toBe(200)
    await ended('got')
    expect(await rowOf('got')).toMatchObject({ state: 'SUCCESS', trigger: { variables: { body: '' } } })
  })

  test('whose conditions do not hold starts nothing', async () => {
    const conditions = [{ type: `${core}.condition.Expression`, expression: "{{ trigger.body.branch == 'main' }}" }]
    await createFlow(kit.scope, hooked('filtered', { conditions }))
    await createFlow(kit.scope, hooked('when', { when: "{{ trigger.body.branch == 'main' }}" }))
    for (const id of ['filtered', 'when']) {
      const refused = await call(id, '{"branch":"other"}')
      expect([refused.status, await refused.text()]).toEqual([204, ''])
      expect(await countOf(id)).toBe(0)
      expect((await call(id, '{"branch":"main"}')).status).toBe(200)
      expect(await countOf(id)).toBe(1)
    }
  })

  test.each<[string, JsonObject, JsonObject, RegExp]>([
    ['unfit', { inputs: { n: '{{ trigger.body.n }}' } }, { inputs: [{ id: 'n', type: 'INT' }] }, /Invalid inputs/],
    ['unrendered', { inputs: { n: '{{ trigger.body.none.deeper }}' } }, {}, /Unable to find|none/],
    ['untold', { when: '{{ trigger.nothing }}' }, {}, /conditions can't be told/],
    ['asking', { inputs: { n: "{{ kv('a') }}" } }, {}, /kv\(\) can't be used in a webhook/],
    ['nul', { inputs: { n: '{{ trigger.body.nul }}' } }, { inputs: [{ id: 'n', type: 'STRING' }] }, /can not be kept/],
    ['large', { inputs: { n: '{{ trigger.body.large }}' } }, { inputs: [{ id: 'n', type: 'STRING' }] }, /the most/],
  ])('%s leaves an execution that is FAILED and says why', async (id, trigger, flow, why) => {
    await createFlow(kit.scope, hooked(id, trigger, flow))
    const response = await call(id, JSON.stringify({ n: 'x', nul: 'a\0b', large: 'x'.repeat(2_000_000) }))
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ state: { current: 'FAILED' } })
    expect((await rowOf(id)).error).toMatch(/^The trigger hook could not start the flow\. /)
    expect((await rowOf(id)).error).toMatch(why)
  })

  test('is refused with 409 where the flow or the trigger is disabled', async () => {
    await createFlow(kit.scope, hooked('off', {}, { disabled: true }))
    await createFlow(kit.scope, hooked('offTrigger', { disabled: true }))
    await createFlow(kit.scope, hooked('offByHand'))
    await engine.db.trigger.updateMany({ where: { flowId: 'offByHand' }, data: { disabled: true } })
    for (const id of ['off', 'offTrigger', 'offByHand']) {
      const response = await call(id)
      expect(response.status).toBe(409)
      expect((await response.json()).message).toContain(`company.team.${id} is disabled`)
      expect(await countOf(id)).toBe(0)
    }
  })
})

describe('a caller who waits', () => {
  const outputs = [{ id: 'said', type: 'STRING', value: '{{ outputs.show.value }}' }]
  const slow = [{ id: 'show', type: `${core}.debug.Return`, format: "{{ trigger.body }}{{ fileExists('x') }}" }]

  test('gets the end, or the outputs', async () => {
    await createFlow(kit.scope, hooked('waits', { wait: true }, { tasks: slow, outputs }))
    expect(await (await call('waits', 'hey')).json()).toMatchObject({
      state: { current: 'SUCCESS' },
      outputs: { said: 'heyfalse' },
    })
    await createFlow(kit.scope, hooked('answers', { wait: true, returnOutputs: true }, { tasks: slow, outputs }))
    expect(await (await call('answers', 'hey')).json()).toEqual({ said: 'heyfalse' })
  })

  test.each<[string, JsonObject, number]>([
    ['coded', { responseCode: 202 }, 202],
    ['codedByOutputs', { responseCode: '{{ outputs.code }}' }, 418],
    ['bodyless', { responseCode: 204 }, 204],
  ])('gets the status that the trigger says: %s', async (id, more, status) => {
    const code = [{ id: 'code', type: 'STRING', value: '418' }]
    const trigger = { wait: true, returnOutputs: true, responseContentType: 'text/plain', ...more }
    await createFlow(kit.scope, hooked(id, trigger, { outputs: code }))
    const response = await call(id)
    expect(response.status).toBe(status)
    expect(await response.text()).toBe(status === 204 ? '' : '{"code":"418"}')
  })

  test('gets 500 where the execution failed', async () => {
    const tasks = [{ id: 'fail', type: `${core}.execution.Fail` }]
    await createFlow(kit.scope, hooked('fails', { wait: true }, { tasks }))
    const response = await call('fails')
    expect([response.status, (await response.json()).state.current]).toEqual([500, 'FAILED'])
  })
})

describe('who does not know the address', () => {
  test('is told the same, whatever is wrong with it', async () => {
    await createFlow(kit.scope, hooked('known'))
    const { otherTenantId: tenantId } = kit
    const theirs: Scope = { ...kit.scope, db: tenantDb(tenantId), tenant: 'other', tenantId }
    await createFlow(theirs, hooked('theirs', { key: 'another key of theirs' }))
    const paths = [
      pathOf('known', { tenant: 'nowhere' }),
      pathOf('known', { tenant: 'other' }),
      pathOf('unknown'),
      pathOf('known', { of: key.slice(0, -1) }),
      pathOf('known', { of: `${key}k` }),
      pathOf('known', { of: 'another key of theirs' }),
      pathOf('theirs', { of: 'another key of theirs' }),
      pathOf('kno%00wn'),
      pathOf('known', { tenant: '%00' }),
      `${pathOf('known', { of: 'wrong' })}/path`,
    ]
    const answers = await Promise.all(
      paths.map(async path => {
        const response = await ask(path, null, { method: 'POST', body: '{}' })
        return `${response.status} ${JSON.stringify([...response.headers])} ${await response.text()}`
      }),
    )
    expect(new Set(answers).size).toBe(1)
    expect(answers[0]).toMatch(/^404 .*There is no such webhook/)
    expect(await countOf('known')).toBe(0)
    expect((await ask(pathOf('known'), null)).status).toBe(200)
  })

  test('reads no key in what is said of other methods and paths', async () => {
    for (const [method, path, status] of [
      ['DELETE', pathOf('known'), 405],
      ['POST', `${pathOf('known')}/a/b`, 404],
      ['POST', `${pathOf('known')}%`, 404],
    ] as const) {
      const response = await ask(path, null, { method })
      expect(response.status).toBe(status)
      expect(await response.text()).not.toContain(key)
    }
  })

  test('does not get in by a token, nor by a trigger that was removed', async () => {
    expect((await ask(pathOf('known', { of: 'x' }), kit.ownerToken, { method: 'POST' })).status).toBe(404)
    await createFlow(kit.scope, hooked('removed'))
    await engine.db.trigger.updateMany({ where: { flowId: 'removed' }, data: { kind: 'removed' } })
    expect((await call('removed')).status).toBe(404)
  })
})

describe('secrets', () => {
  const put = (name: string, value: string) =>
    ask('/acme/namespaces/company.team/secrets', kit.ownerToken, {
      method: 'PUT',
      body: JSON.stringify({ key: name, value }),
      headers: { 'content-type': 'application/json' },
    })
  const signingSecret = `whsec_${Buffer.from('a secret that nobody knows').toString('base64')}`
  const signature = { secret: "{{ secret('SIGNING') }}" }

  function signed(id: string, body: string, { at = Date.now(), secret = signingSecret } = {}) {
    const timestamp = String(Math.floor(at / 1000))
    const hmac = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'))
    const value = `v1,${hmac.update(`${id}.${timestamp}.${body}`).digest('base64')}`
    return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': value }
  }

  test('may be the key', async () => {
    await createFlow(kit.scope, hooked('secretKey', { key: "{{ secret('HOOK') }}" }))
    const open = () => ask(pathOf('secretKey', { of: 'very secret key' }), null, { method: 'POST' })
    expect((await open()).status).toBe(404)
    const trigger = () => engine.db.trigger.findFirstOrThrow({ where: { flowId: 'secretKey' } })
    expect((await trigger()).error).toContain("There is no secret 'HOOK'")
    await put('HOOK', 'very secret key')
    expect((await open()).status).toBe(200)
    expect((await trigger()).error).toBeNull()
    expect((await ask(pathOf('secretKey', { of: "{{ secret('HOOK') }}" }), null)).status).toBe(404)
    expect((await ask(pathOf('secretKey', { of: 'very secret ke' }), null)).status).toBe(404)
  })

  test('in inputs are sealed, in labels hidden', async () => {
    await put('TOKEN', 'horse battery staple')
    const given = "{{ secret('TOKEN') }}"
    const more = { inputs: { t: given }, labels: { t: given, u: 'x' } }
    await createFlow(kit.scope, hooked('sealed', more, { inputs: [{ id: 't', type: 'STRING' }], tasks: [outside] }))
    const { id, labels } = await (await call('sealed')).json()
    expect(labels).toEqual(expect.arrayContaining([{ key: 't', value: '******' }]))
    await ended('sealed')
    const histories = await readAllHistories(temporal(), [workflowIdOf(kit.tenantId, id)])
    for (const text of [await readAllRows(databaseUrl()), histories]) expect(text).not.toContain('horse battery')
  })

  test('sign calls: each is taken once, however often it is delivered', async () => {
    await createFlow(kit.scope, hooked('signed', { signature }, { tasks: [outside] }))
    const unset = await call('signed', '{}', signed('m0', '{}'))
    expect([unset.status, (await unset.json()).message]).toEqual([503, expect.stringContaining('signing secret')])
    await put('SIGNING', signingSecret)
    const deliveries = await Promise.all(
      Array.from({ length: 5 }, async () => (await call('signed', '{"a":1}', signed('m1', '{"a":1}'))).json()),
    )
    const again = await call('signed', '{"a":1}', signed('m1', '{"a":1}', { at: Date.now() - 60_000 }))
    expect(again.status).toBe(200)
    const ids = [...deliveries, await again.json()].map(({ id }) => id)
    expect(new Set(ids).size).toBe(1)
    expect(await countOf('signed')).toBe(1)
    await call('signed', '{}', signed('m2', '{}'))
    expect(await countOf('signed')).toBe(2)
  })

  test('refuse what is not signed', async () => {
    const other = `whsec_${Buffer.from('a secret of somebody else').toString('base64')}`
    for (const headers of [
      {},
      signed('m9', '{"other":1}'),
      signed('m9', '{}', { secret: other }),
      signed('m9', '{}', { at: Date.now() - 400_000 }),
    ]) {
      const response = await call('signed', '{}', headers)
      expect([response.status, (await response.json()).message]).toEqual([401, expect.stringContaining('signed calls')])
    }
    await createFlow(kit.scope, hooked('signedBy', { signature: "{{ secret('SIGNING') }}" }))
    expect((await call('signedBy', '{}', signed('m9', '{}'))).status).toBe(503)
    expect((await ask(pathOf('signed', { of: 'wrong' }), null, { method: 'POST' })).status).toBe(404)
    expect(await countOf('signed')).toBe(2)
  })
})

describe('limits', () => {
  test('a large body is read by tasks, wherever they run', async () => {
    const tasks = [
      { id: 'pure', type: `${core}.debug.Return`, format: '{{ trigger.body.text | length }}' },
      { id: 'out', type: `${core}.debug.Return`, format: "{{ trigger.body.text | length }}{{ fileExists('x') }}" },
      { id: 'small', type: `${core}.debug.Return`, format: '{{ trigger.parameters.a[0] }}' },
    ]
    const outputs = [{ id: 'length', type: 'STRING', value: '{{ trigger.body.text | length }}' }]
    await createFlow(
      kit.scope,
      hooked('big', { when: "{{ trigger.body.text | startsWith('x') }}" }, { tasks, outputs }),
    )
    const length = 5 * 1024 * 1024
    const body = JSON.stringify({ text: 'x'.repeat(length) })
    const answer = await ask(`${pathOf('big')}?a=b`, null, { method: 'POST', body })
    expect(answer.status).toBe(200)
    await ended('big')
    const { id } = await rowOf('big')
    expect(await engine.read(id)).toMatchObject({
      state: 'SUCCESS',
      outputs: { length: String(length) },
      taskRuns: [
        { outputs: { value: String(length) } },
        { outputs: { value: `${length}false` } },
        { outputs: { value: 'b' } },
      ],
    })
  })

  test('a body that names a stored value, or holds what no row can, is only data', async () => {
    const tasks = [{ id: 'show', type: `${core}.debug.Return`, format: '{{ trigger.body | keys }}' }]
    await createFlow(kit.scope, hooked('data', {}, { tasks }))
    const bodies = [{ $stored: 'kestra:///company/team/other/executions/x/tasks/t/r/outputs.json' }, { nul: '\0' }]
    for (const body of bodies) {
      const { id } = await (await call('data', JSON.stringify(body))).json()
      await expect.poll(async () => (await engine.read(id)).state, { timeout: 20_000 }).toBe('SUCCESS')
      expect((await engine.read(id)).taskRuns[0]?.outputs).toEqual({ value: JSON.stringify(Object.keys(body)) })
    }
  })

  test('a body that is too large is refused', async () => {
    await createFlow(kit.scope, hooked('huge'))
    const response = await call('huge', 'x'.repeat(10 * 1024 * 1024 + 1))
    expect([response.status, (await response.json()).message]).toEqual([413, expect.stringContaining('10 MiB')])
    expect(await countOf('huge')).toBe(0)
  })

  test('executions wait for a place as any other', async () => {
    const tasks = [{ id: 'wait', type: `${core}.flow.Pause` }]
    await createFlow(kit.scope, hooked('queue', {}, { tasks, concurrency: { limit: 1, behavior: 'QUEUE' } }))
    const first = await (await call('queue')).json()
    const second = await (await call('queue')).json()
    // The worker may have it at its Pause already.
    expect(first.state.current).not.toBe('QUEUED')
    expect(second.state.current).toBe('QUEUED')
  })

  test('quotas count calls', async () => {
    const quotas = [{ duration: 'P36500D', limit: 1, behavior: 'FAIL' }]
    await createFlow(kit.scope, hooked('quota', {}, { quotas }))
    const states = [await call('quota'), await call('quota')].map(async answer => (await answer.json()).state.current)
    expect(await Promise.all(states)).toEqual(['SUCCESS', 'FAILED'])
  })
})

test('a call is taken while Temporal is away, and begins later', async () => {
  await createFlow(kit.scope, hooked('later', {}, { tasks: [outside] }))
  const shared = globalThis as { millraceTemporal?: Client }
  const real = shared.millraceTemporal
  shared.millraceTemporal = new Client({ connection: Connection.lazy({ address: '127.0.0.1:1' }) })
  const response = await call('later')
  shared.millraceTemporal = real
  expect([response.status, (await response.json()).state.current]).toEqual([200, 'CREATED'])
  expect(await rowOf('later')).toMatchObject({ state: 'CREATED' })
  await sweepUnstarted(new Date())
  await ended('later')
  expect((await rowOf('later')).state).toBe('SUCCESS')
})

test('a storm is answered 429, until there is room', async () => {
  // In a tenant that nobody has called before: no earlier call leaves the window meanwhile and makes room.
  const { otherTenantId: tenantId } = kit
  await createFlow({ ...kit.scope, db: tenantDb(tenantId), tenant: 'other', tenantId }, hooked('storm'))
  while (callsOfTenants().take(tenantId)) {}
  const response = await ask(pathOf('storm', { tenant: 'other' }), null, { method: 'POST', body: '{}' })
  expect([response.status, (await response.json()).message]).toEqual([429, expect.stringContaining('Too many calls')])
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await tenantDb(tenantId).execution.count({ where: { flowId: 'storm' } })).toBe(0)
  expect((await ask(pathOf('storm', { tenant: 'other', of: 'wrong' }), null)).status).toBe(404)
})

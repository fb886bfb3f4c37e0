import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { catalog } from '#catalog/manifests'
import { database } from '#db/client'
import { createStorage } from '#db/storage'
import { tenantDb } from '#db/tenant-db'
import { forgetPlans } from '#db/usage/find-room'
import { firstOfMonth } from '#db/usage/plan-limit'
import { createStorageRoom } from '#db/usage/storage-room'
import { type PollContext, type Polled, TaskError } from '#language/define-plugin'
import type { JsonObject } from '#language/json'
import { createFlow } from '#web/server/flows/create-flow'
import { openWebKit, type WebKit } from '#web/server/testing/web-kit'
import { type ActivityDependencies, defaultLimits } from '../activities/dependencies'
import { localEgress } from '../activities/egress-guard'
import { handleEvents } from '../dispatch/handle-events'
import { isPolled } from './is-polled'
import { pollTrigger } from './poll-trigger'

let kit: WebKit
let folder: string
beforeAll(async () => {
  kit = await openWebKit()
  folder = await mkdtemp(join(tmpdir(), 'millrace-poll-'))
})
afterAll(async () => {
  await kit?.close()
  await rm(folder, { recursive: true, force: true })
})

/** What the world holds, and what is done to it. */
let items: string[]
let settled: JsonObject[]
let begun: string[]
let reported: unknown[]
let failures: { poll?: Error; settle?: Error }
let found: (ctx: PollContext) => Promise<Polled>
beforeEach(() => {
  items = []
  settled = []
  begun = []
  reported = []
  failures = {}
  found = async ctx => {
    const { seen = 0 } = ctx.memory as { seen?: number }
    const fresh = items.slice(seen)
    if (fresh.length === 0) return {}
    const uri = await ctx.storage.put('items.txt', fresh.join())
    ctx.log('INFO', `found ${fresh.length}`)
    return { variables: { uri, body: fresh }, memory: { seen: items.length }, unsettled: { items: fresh } }
  }
})

function dependencies(): ActivityDependencies {
  const polling = {
    async poll(ctx: PollContext) {
      if (failures.poll !== undefined) throw failures.poll
      return found(ctx)
    },
    async settle(_ctx: PollContext, _properties: unknown, unsettled: JsonObject) {
      if (failures.settle !== undefined) throw failures.settle
      settled.push(unsettled)
    },
  }
  return {
    db: tenantDb,
    client: {
      workflow: { start: async (_name: string, { workflowId }: { workflowId: string }) => begun.push(workflowId) },
    },
    storage: createStorage(pathToFileURL(folder).href),
    storageRoom: createStorageRoom(),
    recorder: { record: async () => undefined },
    catalog,
    polls: { 'io.kestra.plugin.core.http.Trigger': async () => ({ default: polling }) },
    egress: localEgress,
    limits: { ...defaultLimits, outputBytes: 10_000_000 },
    serverVariables: {},
    report: (error: unknown) => reported.push(error),
  } as unknown as ActivityDependencies
}

const flow = (id: string, more = '', task = 'io.kestra.plugin.core.flow.Sleep\n    duration: PT1H') => `id: ${id}
namespace: company.team
tasks:
  - id: wait
    type: ${task}
triggers:
  - id: watch
    type: io.kestra.plugin.core.http.Trigger
    uri: http://127.0.0.1/
${more}`
const quick = 'io.kestra.plugin.core.debug.Return\n    format: "{{ trigger.body }}"'
const trigger = (flowId: string) => ({ tenantId: kit.tenantId, namespace: 'company.team', flowId, triggerId: 'watch' })
const look = (flowId: string, stopped = new AbortController().signal) =>
  pollTrigger(dependencies(), trigger(flowId), stopped)
const executions = (flowId: string) =>
  tenantDb(kit.tenantId).execution.findMany({ where: { flowId }, orderBy: { createdAt: 'asc' } })
const given = async (flowId: string) =>
  (await executions(flowId)).map(({ trigger }) => (trigger as { variables: JsonObject }).variables.body)
async function setPlan(plan: string): Promise<void> {
  await database().tenant.update({ where: { id: kit.tenantId }, data: { plan } })
  forgetPlans()
}
const row = (flowId: string) => tenantDb(kit.tenantId).trigger.findFirstOrThrow({ where: { flowId } })
const change = (flowId: string, data: object) => tenantDb(kit.tenantId).trigger.updateMany({ where: { flowId }, data })

describe('what a poll finds', () => {
  test('what it has running is needed until it is kept, and no longer', async () => {
    await createFlow(kit.scope, flow('running', '', quick))
    const seen: boolean[] = []
    let executionId = ''
    found = async ctx => {
      executionId = ctx.executionId
      seen.push(await isPolled(dependencies(), ctx))
      return {}
    }
    await look('running')
    seen.push(await isPolled(dependencies(), { tenantId: kit.tenantId, executionId }))
    expect(seen).toEqual([true, false])
  })

  test('comes to one execution, which can read its files; nothing new comes to none', async () => {
    await createFlow(kit.scope, flow('found', '', quick))
    await look('found')
    expect(await executions('found')).toEqual([])
    items = ['a', 'b']
    await look('found')
    await look('found')
    items.push('c')
    await look('found')
    expect(await given('found')).toEqual([['a', 'b'], ['c']])
    expect(settled).toEqual([{ items: ['a', 'b'] }, { items: ['c'] }])
    const { id, trigger } = (await executions('found'))[0]!
    const { uri } = (trigger as { variables: { uri: string } }).variables
    expect(uri).toBe(`kestra:///company/team/found/executions/${id}/tasks/watch/${id}/items.txt`)
    const stored = createStorage(pathToFileURL(folder).href)
    expect(await text(await stored.open(kit.tenantId, uri.replace('kestra:///', '')))).toBe('a,b')
    const { nextDate, ...rest } = await row('found')
    expect(rest).toMatchObject({ error: null, state: { memory: { seen: 3 } } })
    expect(nextDate! > new Date()).toBe(true)
  })

  test('waits for the execution before, unless several may run at once', async () => {
    await createFlow(kit.scope, flow('locked'))
    await createFlow(kit.scope, flow('free', '    allowConcurrent: true\n'))
    for (const item of ['a', 'b']) {
      items.push(item)
      await look('locked')
      await look('free')
    }
    expect(await given('locked')).toEqual([['a']])
    expect(await given('free')).toEqual([['a'], ['b']])
    expect(begun).toHaveLength(3)
    await tenantDb(kit.tenantId).execution.updateMany({ where: { flowId: 'locked' }, data: { state: 'SUCCESS' } })
    await look('locked')
    expect(await given('locked')).toEqual([['a'], ['b']])
  })

  test('waits for stopAfter to be asked about the execution before, though that has ended', async () => {
    await createFlow(kit.scope, flow('once', '    stopAfter: [SUCCESS]\n', quick))
    items = ['a']
    await look('once')
    items.push('b')
    await look('once')
    expect(await executions('once')).toMatchObject([{ state: 'SUCCESS' }])
    await handleEvents(dependencies(), kit.tenantId)
    expect(await row('once')).toMatchObject({ disabled: true, disabledReason: expect.stringContaining('stopAfter') })
  })

  test('is found again where the plan has no room for its execution, and nothing is done in the world until then', async () => {
    await createFlow(kit.scope, flow('refused', '', quick))
    items = ['a']
    const { tenantId } = kit
    const month = new Date(firstOfMonth(new Date()))
    await kit.scope.db.usageMonth.create({ data: { tenantId, month, executions: 5000 } })
    await setPlan('FREE')
    await look('refused')
    await setPlan('SCALE')
    expect((await row('refused')).error).toContain('The plan FREE gives 5,000 executions a month')
    expect([await executions('refused'), settled]).toEqual([[], []])
    await look('refused')
    expect(await given('refused')).toEqual([['a']])
    expect((await row('refused')).error).toBeNull()
  })

  test('is found again by a poll whose worker stops, under the same id', async () => {
    await createFlow(kit.scope, flow('stopped', '', quick))
    items = ['a']
    const stop = new AbortController()
    const ids: string[] = []
    const whole = found
    found = async ctx => {
      ids.push(ctx.executionId)
      const polled = await whole(ctx)
      if (ids.length > 1) return polled
      stop.abort()
      throw new Error('cut off')
    }
    await expect(look('stopped', stop.signal)).rejects.toThrow('cut off')
    expect(await row('stopped')).toMatchObject({ error: null })
    await look('stopped')
    expect(await given('stopped')).toEqual([['a']])
    expect(new Set(ids).size).toBe(1)
  })

  test('is kept once of two polls that overlap, as when a worker is taken for dead', async () => {
    await createFlow(kit.scope, flow('overlap', '    allowConcurrent: true\n'))
    items = ['a']
    const whole = found
    found = async ctx => {
      const polled = await whole(ctx)
      found = whole
      await look('overlap')
      return polled
    }
    await look('overlap')
    expect(await given('overlap')).toEqual([['a']])
    expect(settled).toHaveLength(1)
  })

  test('travels as a file where it is large, or reads like something else than data', async () => {
    await createFlow(kit.scope, flow('large', '    allowConcurrent: true\n'))
    for (const body of ['x'.repeat(2_000_000), 'a\0b', { $stored: 'kestra:///other/outputs.json' }]) {
      found = async () => ({ variables: { body, code: 200 } })
      await look('large')
      const { id, trigger } = (await executions('large')).at(-1)!
      const uri = `kestra:///company/team/large/executions/${id}/trigger/body/outputs.json`
      expect(trigger).toMatchObject({ variables: { body: { $stored: uri }, code: 200 } })
    }
    found = async () => ({ variables: { body: 'x'.repeat(11_000_000) }, memory: { seen: 1 } })
    await look('large')
    const error = expect.stringContaining('Have it kept in a file')
    expect(await row('large')).toMatchObject({ error, state: { memory: {} } })
  })

  test('is no input where a row could not hold it: the execution says so', async () => {
    await createFlow(
      kit.scope,
      `${flow('nul', '    inputs: {text: "{{ trigger.body }}"}\n', quick)}inputs:\n  - {id: text, type: STRING}\n`,
    )
    found = async () => ({ variables: { body: 'a\0b' } })
    await look('nul')
    expect(await executions('nul')).toMatchObject([{ state: 'FAILED', error: expect.stringContaining('NUL') }])
  })
})

describe('what is left to be done', () => {
  test('is done before the next poll, and the execution runs all the same', async () => {
    await createFlow(kit.scope, flow('unsettled', '    allowConcurrent: true\n'))
    items = ['a']
    failures.settle = new TaskError('The file is locked')
    await look('unsettled')
    expect(begun).toHaveLength(1)
    items.push('b')
    await look('unsettled')
    expect(await given('unsettled')).toEqual([['a']])
    expect(await row('unsettled')).toMatchObject({
      error: 'The file is locked',
      state: { unsettled: { items: ['a'] } },
    })
    failures = {}
    await look('unsettled')
    expect(settled).toEqual([{ items: ['a'] }, { items: ['b'] }])
    expect(await given('unsettled')).toEqual([['a'], ['b']])
    expect((await row('unsettled')).state).not.toHaveProperty('unsettled')
  })
})

describe('a poll that fails', () => {
  test('is shown at the trigger until one succeeds', async () => {
    await createFlow(kit.scope, flow('failing', '', quick))
    failures.poll = new TaskError('There is no host called nowhere')
    await look('failing')
    expect((await row('failing')).error).toBe('There is no host called nowhere')
    expect(reported).toEqual([])
    expect(await executions('failing')).toEqual([])
    failures = {}
    await look('failing')
    expect((await row('failing')).error).toBeNull()
  })

  test('leaves a FAILED execution each time where the flow asks for it', async () => {
    await createFlow(kit.scope, flow('told', '    failOnTriggerError: true\n', quick))
    failures.poll = new Error('boom')
    await look('told')
    await look('told')
    const error = 'The trigger watch could not start the flow. boom'
    expect(await executions('told')).toMatchObject([
      { state: 'FAILED', error },
      { state: 'FAILED', error },
    ])
    expect(reported).toHaveLength(2)
  })

  test('for a property that is not valid says which', async () => {
    await createFlow(
      kit.scope,
      flow('invalid', `    method: "{{ vars.nothing ?? 'GET' }}"\n    options: "{{ 1 }}"\n`, quick),
    )
    await look('invalid')
    expect((await row('invalid')).error).toMatch(/^The trigger's properties are not valid: options/)
  })
})

describe('conditions', () => {
  const expression = (text: string) =>
    `    conditions:\n      - type: io.kestra.plugin.core.condition.Expression\n        expression: "${text}"\n`
  const polls = vi.fn()
  beforeEach(() => {
    polls.mockReset()
    const whole = found
    found = async ctx => {
      polls()
      return whole(ctx)
    }
  })

  test('that look at no result spare the poll; what is refused waits', async () => {
    await createFlow(kit.scope, flow('early', expression("{{ trigger.date | date('yyyy') == '1999' }}"), quick))
    items = ['a']
    await look('early')
    expect(polls).not.toHaveBeenCalled()
    expect((await row('early')).state).toMatchObject({ memory: {} })
  })

  test.each([
    ['late', expression('{{ trigger.body | length > 1 }}')],
    ['late-when', '    when: "{{ trigger.body | length > 1 }}"\n'],
  ])('that look at the result are asked with it: %s', async (id, more) => {
    await createFlow(kit.scope, flow(id, more, quick))
    items = ['a']
    await look(id)
    expect(await given(id)).toEqual([])
    items.push('b')
    await look(id)
    expect(await given(id)).toEqual([['a', 'b']])
  })
})

test.each<[why: string, more: string, data: object]>([
  ['disabled by hand', '', { disabled: true }],
  ['disabled in the text', '    disabled: true\n', {}],
  ['removed', '', { kind: 'removed' }],
])('a trigger that is %s is not polled', async (why, more, data) => {
  const id = why.replaceAll(' ', '-')
  await createFlow(kit.scope, flow(id, more))
  await change(id, data)
  items = ['a']
  await look(id)
  expect(await executions(id)).toEqual([])
})

test('a trigger of a disabled flow is not polled, and defaults of its type count', async () => {
  const defaults =
    'pluginDefaults:\n  - type: io.kestra.plugin.core.http.Trigger\n    values: {failOnTriggerError: true}\n'
  await createFlow(kit.scope, `${flow('defaults', '', quick)}${defaults}`)
  failures.poll = new Error('boom')
  await look('defaults')
  expect(await executions('defaults')).toHaveLength(1)
  await tenantDb(kit.tenantId).flow.updateMany({ where: { id: 'defaults' }, data: { disabled: true } })
  await look('defaults')
  expect(await executions('defaults')).toHaveLength(1)
})

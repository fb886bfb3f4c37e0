/** What a tenant's plan gives: starts beyond it wait or are refused, with a real worker. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { database } from '#db/client'
import { plans } from '#db/plans'
import { forgetPlans } from '#db/usage/find-room'
import { foldUsage } from '#db/usage/fold-usage'
import { firstOfMonth } from '#db/usage/plan-limit'
import { Engine } from '../../../test/harness/engine'
import { createFlow } from '../flows/create-flow'
import { ask, openWebKit, type WebKit } from '../testing/web-kit'

let kit: WebKit
let engine: Engine

beforeAll(async () => {
  kit = await openWebKit()
  engine = await Engine.start(kit.engine)
  for (const flow of [held, quick, parent, scheduled, follower]) await createFlow(kit.scope, flow)
})
afterAll(async () => {
  await engine.stop()
  await kit.close()
})
beforeEach(() => setPlan('SCALE'))

const core = 'io.kestra.plugin.core'
const flowOf = (id: string, rest: string) => `id: ${id}\nnamespace: company\n${rest}`
const held = flowOf('held', `tasks: [{id: hold, type: ${core}.flow.Pause}]\n`)
const quick = flowOf('quick', `tasks: [{id: one, type: ${core}.debug.Return, format: x}]\n`)
const parent = flowOf(
  'parent',
  `tasks:
  - {id: hold, type: ${core}.flow.Pause}
  - {id: child, type: ${core}.flow.Subflow, namespace: company, flowId: quick, wait: true}
`,
)
const follower = flowOf(
  'follower',
  `tasks: [{id: one, type: ${core}.debug.Return, format: x}]
triggers:
  - id: after
    type: ${core}.trigger.Flow
    preconditions: {id: p, flows: [{namespace: company, flowId: parent, states: [SUCCESS]}]}
`,
)
const scheduled = flowOf(
  'scheduled',
  `tasks: [{id: one, type: ${core}.debug.Return, format: x}]
triggers:
  - {id: often, type: ${core}.trigger.Schedule, cron: "* * * * * *", withSeconds: true, disabled: true}
  - {id: hook, type: ${core}.trigger.Webhook, key: a-key-that-nobody-guesses}
`,
)

async function setPlan(plan: string): Promise<void> {
  await database().tenant.update({ where: { id: kit.tenantId }, data: { plan } })
  forgetPlans()
}
const post = async (path: string, body?: object) => {
  const init = body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
  const response = await ask(`/acme/executions/${path}`, kit.ownerToken, { method: 'POST', ...init })
  return { status: response.status, reply: await response.json() }
}
const start = async (flowId: string): Promise<string> => (await post(`company/${flowId}`, { inputs: {} })).reply.id
const followed = (state: string) => kit.scope.db.execution.count({ where: { flowId: 'follower', state } })
const stateOf = async (id: string) => (await engine.read(id)).state
async function resume(id: string, ...ends: string[]): Promise<void> {
  await engine.waitForState(id, 'PAUSED')
  await post(`${id}/resume`)
  await engine.waitForState(id, ...ends)
}

/** As if so many had ended this month. */
async function use(executions: number): Promise<void> {
  const { tenantId } = kit
  await foldUsage(kit.scope.db)
  const month = new Date(firstOfMonth(new Date()))
  const where = { tenantId_month: { tenantId, month } }
  await kit.scope.db.usageMonth.upsert({ where, create: { tenantId, month, executions }, update: { executions } })
}

describe('executions at once', () => {
  test('wait beyond the limit, whatever their flow, and get the place of one that ends', async () => {
    await setPlan('FREE')
    const most = plans.FREE.limits.concurrentExecutions!
    const ids: string[] = []
    for (let index = 0; index <= most; index++) ids.push(await start('held'))
    const [first, last] = [ids[0]!, ids.at(-1)!]
    expect(await stateOf(last)).toBe('QUEUED')
    const child = await start('parent')
    expect(await stateOf(child)).toBe('QUEUED')
    const places = await (await ask(`/acme/executions/queue?ids=${last}`, kit.ownerToken)).json()
    expect(places).toMatchObject([{ executionId: last, planLimit: most }])
    // What ends at once takes no place.
    expect(await stateOf(await start('quick'))).toBe('SUCCESS')
    const forced = await post(`${last}/force-run`)
    expect(forced).toMatchObject({
      status: 402,
      reply: { message: expect.stringContaining('runs 10 executions at once') },
    })
    await resume(first, 'SUCCESS')
    await engine.waitForState(last, 'PAUSED')
    expect(await stateOf(child)).toBe('QUEUED')
    await setPlan('SCALE')
    // The sweep notices.
    await resume(child, 'SUCCESS')
    for (const id of ids.slice(1)) await resume(id, 'SUCCESS')
    // What follows the parent would else take a place, and count, in the tests to come.
    await expect.poll(() => followed('SUCCESS')).toBe(1)
  })
})

describe('starts at the very same moment', () => {
  const startMany = (count: number) =>
    Promise.all(Array.from({ length: count }, () => post('company/held', { inputs: {} })))

  test('pass no limit of executions at once', async () => {
    await setPlan('FREE')
    const ids = (await startMany(30)).map(({ reply }) => reply.id as string)
    const queued = await kit.scope.db.execution.findMany({ where: { id: { in: ids }, state: 'QUEUED' } })
    expect(queued).toHaveLength(20)
    const kill = { method: 'DELETE', body: JSON.stringify(ids), headers: { 'content-type': 'application/json' } }
    await ask('/acme/executions/kill/by-ids', kit.ownerToken, kill)
    await expect
      .poll(
        async () => await kit.scope.db.execution.groupBy({ by: ['state'], where: { id: { in: ids } }, _count: true }),
      )
      .toMatchObject([{ state: 'KILLED', _count: 30 }])
  })

  test('pass no limit of the month', async () => {
    await setPlan('FREE')
    await use(4995)
    const replies = await startMany(20)
    const ids = replies.filter(({ status }) => status === 200).map(({ reply }) => reply.id as string)
    expect(ids).toHaveLength(5)
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200, 402]))
    await setPlan('SCALE')
    for (const id of ids) await resume(id, 'SUCCESS')
    await use(0)
  })
})

describe('executions a month', () => {
  const errorOf = async (flowId: string, triggerId: string) =>
    (await kit.scope.db.trigger.findFirst({ where: { flowId, triggerId } }))?.error

  test('are refused beyond the limit, with what is used and what to do; running ones and what they call go on', async () => {
    await setPlan('FREE')
    const running = await start('parent')
    await engine.waitForState(running, 'PAUSED')
    await use(5000)
    const before = await kit.scope.db.execution.count()
    const refused = await post('company/quick', { inputs: {} })
    expect(refused.status).toBe(402)
    expect(refused.reply.message).toMatch(
      /^The plan FREE gives 5,000 executions a month, and 5,001 are used or under way in \w+ \(UTC\)\. Wait until 1 \w+, or have an owner/,
    )
    expect(await kit.scope.db.execution.count()).toBe(before)
    await resume(running, 'SUCCESS')
    // Its child has run; what follows it is a start of its own.
    await expect.poll(() => errorOf('follower', 'after')).toContain('gives 5,000 executions a month')
    expect(await kit.scope.db.execution.count()).toBe(before + 1)
    await use(0)
  })

  test('a refused trigger says so at its row, and starts nothing', async () => {
    await setPlan('FREE')
    await use(5000)
    const hook = await ask('/acme/executions/webhook/company/scheduled/a-key-that-nobody-guesses', null)
    expect(hook.status).toBe(402)
    expect(await errorOf('scheduled', 'hook')).toContain('gives 5,000 executions a month')
    await createFlow(kit.scope, scheduled.replace('id: scheduled', 'id: fires').replace(', disabled: true', ''))
    await expect.poll(() => errorOf('fires', 'often'), { timeout: 20_000 }).toContain('gives 5,000 executions a month')
    expect(await kit.scope.db.execution.count({ where: { flowId: { in: ['fires', 'scheduled'] } } })).toBe(0)
    await use(0)
    await expect
      .poll(() => kit.scope.db.execution.count({ where: { flowId: 'fires' } }), { timeout: 20_000 })
      .toBeGreaterThan(0)
  })
})

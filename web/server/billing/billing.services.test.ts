/** Plans over the API, Stripe's pages (stripe-mock) and its webhook, with events as Stripe signs them. */
import Stripe from 'stripe'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { database } from '#db/client'
import { endGrace } from '#db/usage/end-grace'
import { type StripeMock, startStripeMock } from '../../../test/harness/stripe-mock'
import { createFlow } from '../flows/create-flow'
import { ask, helloFlow, openWebKit, type WebKit } from '../testing/web-kit'
import { answerStripe } from './answer-stripe'
import { requireStripe } from './stripe'
import { tellUsage } from './tell-usage'

const webhookSecret = 'whsec_of_the_test'
const unsetStripe = ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET', 'STRIPE_PRICE_TEAM', 'STRIPE_PRICE_SCALE']

let kit: WebKit
let mock: StripeMock

beforeAll(async () => {
  mock = await startStripeMock()
  Object.assign(process.env, {
    STRIPE_SECRET_KEY: 'sk_test_123',
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    STRIPE_PRICE_TEAM: 'price_team,price_metered',
    STRIPE_PRICE_SCALE: 'price_scale',
    STRIPE_API_BASE: mock.url,
  })
  kit = await openWebKit()
  // The mock may have to be built first.
}, 600_000)
afterAll(async () => {
  for (const name of unsetStripe) delete process.env[name]
  await kit?.close()
  await mock?.stop()
})

const planOf = async (id = kit.tenantId) => (await database().tenant.findUniqueOrThrow({ where: { id } })).plan
const json = (body: object) => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
})
const today = () => new Date().toISOString().slice(0, 10)
async function billing() {
  return (await ask('/acme/billing', kit.ownerToken)).json()
}

describe('the API', () => {
  test('tells the plan, its limits and what is used, by day, flow and namespace', async () => {
    await createFlow(kit.scope, helloFlow('used'))
    const firstDay = today()
    for (let count = 0; count < 3; count++) await ask('/acme/executions/company.team/used', kit.ownerToken, json({}))
    const { tenantId } = kit
    await kit.scope.db.usageStorage.create({ data: { tenantId, namespace: 'company.team', bytes: 2048, files: 1 } })
    expect(await billing()).toMatchObject({
      plan: 'SCALE',
      limits: { executionsPerMonth: null, members: null },
      used: { executionsPerMonth: 3, concurrentExecutions: 0, storageBytes: 2048 },
      isSold: true,
      subscription: null,
      notice: null,
    })
    const usage = await (await ask('/acme/billing/usage?days=7', kit.ownerToken)).json()
    expect(usage.days).toHaveLength(7)
    // Midnight may have passed since they ended.
    expect([firstDay, today()]).toContain(usage.days.at(-1).day)
    const ofDays = usage.days.slice(-2).map(({ executions }: { executions: number }) => executions)
    expect(ofDays[0] + ofDays[1]).toBe(3)
    expect(usage.flows).toMatchObject([{ namespace: 'company.team', flowId: 'used', executions: 3 }])
    expect(usage.namespaces).toMatchObject([{ namespace: 'company.team', executions: 3, storageBytes: 2048 }])
  })

  test.each([
    ['', undefined, 'EDITOR', 403],
    ['', undefined, 'ADMIN', 200],
    ['/usage', undefined, 'VIEWER', 403],
    ['/checkout', { plan: 'TEAM' }, 'ADMIN', 403],
    ['/portal', { page: 'overview' }, 'ADMIN', 403],
  ] as const)('billing%s with %j as %s: %i', async (path, body, role, status) => {
    const token = await kit.tokenFor(kit.tenantId, role)
    const answers = [token, kit.strangerToken, null].map(who => ask(`/acme/billing${path}`, who, body && json(body)))
    expect((await Promise.all(answers)).map(answer => answer.status)).toEqual([status, 404, 401])
  })

  test("opens Stripe's pages for one customer", async () => {
    const portal = () => ask('/acme/billing/portal', kit.ownerToken, json({ page: 'payment' }))
    expect(await (await portal()).json()).toMatchObject({ message: expect.stringContaining('bought nothing yet') })
    const pages = await Promise.all(
      ['TEAM', 'SCALE'].map(async plan => (await ask('/acme/billing/checkout', kit.ownerToken, json({ plan }))).json()),
    )
    for (const { url } of pages) expect(url).toMatch(/^https:\/\//)
    expect(await kit.scope.db.billingAccount.count()).toBe(1)
    expect((await (await portal()).json()).url).toMatch(/^https:\/\//)
  })
})

describe("Stripe's webhook", () => {
  const customer = 'cus_of_the_test'
  beforeEach(async () => {
    await kit.scope.db.billingAccount.deleteMany({ where: { tenantId: kit.tenantId } })
    await database().tenant.update({ where: { id: kit.tenantId }, data: { plan: 'FREE' } })
  })

  let ids = 0
  type Said = { status: string; at: number; type?: string; price?: string; id?: string; sub?: string; made?: number }
  function eventOf({ status, at, type = 'updated', price = 'price_team', id, sub = 'sub_1', made = 100 }: Said) {
    const item = { price: { id: price }, current_period_end: at + 1000 }
    const object = {
      id: sub,
      object: 'subscription',
      customer,
      created: made,
      status,
      metadata: { tenantId: kit.tenantId },
      cancel_at: null,
      cancel_at_period_end: false,
      items: { object: 'list', data: [item, { price: { id: 'price_metered' } }] },
    }
    const name = `customer.subscription.${type}`
    return { id: id ?? `evt_${ids++}`, object: 'event', type: name, created: at, data: { object } }
  }

  function deliver(event: object, secret = webhookSecret, timestamp?: number): Promise<Response> {
    const payload = JSON.stringify(event)
    const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret, ...(timestamp && { timestamp }) })
    const headers = { 'stripe-signature': signature }
    return answerStripe(
      new Request('http://millrace.test/api/stripe/webhook', { method: 'POST', body: payload, headers }),
    )
  }
  const tell = async (said: Said): Promise<string> => (await (await deliver(eventOf(said))).json()).outcome

  test('takes nothing that Stripe did not sign, as it came and just now', async () => {
    const event = eventOf({ status: 'active', at: 200 })
    expect((await deliver(event, 'whsec_of_another')).status).toBe(400)
    expect((await deliver(event, webhookSecret, Math.floor(Date.now() / 1000) - 3600)).status).toBe(400)
    const unsigned = new Request('http://millrace.test/', { method: 'POST', body: JSON.stringify(event) })
    expect((await answerStripe(unsigned)).status).toBe(400)
    expect(await planOf()).toBe('FREE')
    expect((await deliver(event)).status).toBe(200)
    expect(await planOf()).toBe('TEAM')
  })

  test('handles an event once, though it is sent again or at the same time', async () => {
    const event = eventOf({ status: 'active', at: 200 })
    const answers = await Promise.all([deliver(event), deliver(event), deliver(event)])
    const outcomes = await Promise.all(answers.map(async answer => (await answer.json()).outcome))
    expect(outcomes.sort()).toEqual(['applied', 'known', 'known'])
    await database().tenant.update({ where: { id: kit.tenantId }, data: { plan: 'SCALE' } })
    expect((await (await deliver(event)).json()).outcome).toBe('known')
    expect(await planOf()).toBe('SCALE')
    const [entry] = await kit.scope.db.auditEntry.findMany({
      where: { resource: 'TENANT' },
      orderBy: { position: 'desc' },
    })
    expect(entry).toMatchObject({ actor: { name: 'Stripe', via: 'system' }, after: { plan: 'TEAM' } })
    expect((await ask('/acme/auditlogs/search?resource=TENANT', kit.ownerToken)).status).toBe(200)
  })

  test.each<[string, Said[], string]>([
    [
      'an older one that comes late',
      [
        { status: 'active', at: 300, price: 'price_scale' },
        { status: 'active', at: 200 },
      ],
      'SCALE',
    ],
    [
      'the beginning after what followed in the same second',
      [
        { status: 'active', at: 200 },
        { status: 'incomplete', at: 200, type: 'created', price: 'price_scale' },
      ],
      'TEAM',
    ],
    [
      'the end of a subscription that another has followed',
      [
        { status: 'active', at: 400, sub: 'sub_2', made: 350, price: 'price_scale' },
        { status: 'canceled', at: 500, type: 'deleted' },
      ],
      'SCALE',
    ],
    [
      'a second one that is not paid',
      [
        { status: 'active', at: 200 },
        { status: 'incomplete', at: 300, sub: 'sub_2', made: 290, price: 'price_scale' },
      ],
      'TEAM',
    ],
    [
      'a price that is not known',
      [
        { status: 'active', at: 200 },
        { status: 'active', at: 300, price: 'price_other' },
      ],
      'TEAM',
    ],
    [
      'an upgrade',
      [
        { status: 'active', at: 200 },
        { status: 'active', at: 300, price: 'price_scale' },
      ],
      'SCALE',
    ],
    [
      'a payment that fails and is tried again',
      [
        { status: 'active', at: 200 },
        { status: 'past_due', at: 300 },
      ],
      'TEAM',
    ],
  ])('%s', async (_name, said, plan) => {
    for (const one of said) await tell(one)
    expect(await planOf()).toBe(plan)
  })

  test('lets the plan of an ended subscription go on for a week, and says so', async () => {
    const now = Math.floor(Date.now() / 1000)
    await tell({ status: 'active', at: now - 100 })
    expect(await billing()).toMatchObject({ subscription: { status: 'active', isLive: true }, notice: null })
    await tell({ status: 'unpaid', at: now - 10 })
    await tell({ status: 'canceled', at: now, type: 'deleted' })
    const { plan, notice } = await billing()
    expect(plan).toBe('TEAM')
    expect(notice).toMatch(
      /has ended \(canceled\)\. The tenant stays on TEAM until \d+ \w+ \d+ and is on FREE then, which keeps/,
    )
    const inDays = (days: number) => new Date((now + days * 86_400) * 1000)
    expect(await endGrace(kit.scope.db, kit.tenantId, inDays(6))).toBe(false)
    expect(await planOf()).toBe('TEAM')
    expect(await endGrace(kit.scope.db, kit.tenantId, inDays(8))).toBe(true)
    expect(await endGrace(kit.scope.db, kit.tenantId, inDays(9))).toBe(false)
    expect(await planOf()).toBe('FREE')
    await tell({ status: 'active', at: now + 10, sub: 'sub_2', made: now, price: 'price_scale' })
    expect(await planOf()).toBe('SCALE')
    expect((await billing()).notice).toBeNull()
  })

  test('a plan that the operator gave is not taken by a subscription that never counted, nor by another customer', async () => {
    await database().tenant.update({ where: { id: kit.tenantId }, data: { plan: 'SCALE' } })
    await tell({ status: 'incomplete', at: 200, type: 'created' })
    await tell({ status: 'incomplete_expired', at: 300 })
    expect(await endGrace(kit.scope.db, kit.tenantId, new Date(Date.now() + 1e10))).toBe(false)
    const foreign = eventOf({ status: 'active', at: 400 })
    foreign.data.object.customer = 'cus_of_somebody_else'
    expect((await (await deliver(foreign)).json()).outcome).toBe('foreign')
    expect(await planOf()).toBe('SCALE')
  })
})

test('Stripe is told the executions of each day that is over, once', async () => {
  const { tenantId } = kit
  const { db } = kit.scope
  await db.billingAccount.deleteMany({ where: { tenantId } })
  await db.billingAccount.create({ data: { tenantId, customerId: 'cus_1', subscribedAt: new Date('2026-01-02') } })
  const day = (date: string, flowId: string, executions: number) => ({
    tenantId,
    day: new Date(date),
    namespace: 'a',
    flowId,
    executions,
    taskMs: 0,
  })
  await db.usageDay.deleteMany({ where: { tenantId } })
  await db.usageDay.createMany({
    data: [day('2026-01-01', 'a', 9), day('2026-01-03', 'a', 2), day('2026-01-03', 'b', 3), day('2026-01-04', 'a', 7)],
  })
  const sent: unknown[] = []
  const world = requireStripe()
  const listener = (request: { path: string; method: string }) => sent.push(`${request.method} ${request.path}`)
  world.client.on('request', listener)
  await tellUsage(world, db, tenantId, new Date('2026-01-04T12:00:00Z'))
  await tellUsage(world, db, tenantId, new Date('2026-01-04T12:10:00Z'))
  // Just after midnight something may still come.
  await tellUsage(world, db, tenantId, new Date('2026-01-05T00:10:00Z'))
  world.client.off('request', listener)
  expect(sent).toEqual(['POST /v1/billing/meter_events'])
  const rows = await db.meterEvent.findMany()
  expect(rows).toMatchObject([{ day: new Date('2026-01-03'), executions: 5, error: null }])
  expect(rows[0]!.sentAt).not.toBeNull()
})

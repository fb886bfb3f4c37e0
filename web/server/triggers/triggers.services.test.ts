import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createFlow } from '../flows/create-flow'
import { ask, openWebKit, type WebKit } from '../testing/web-kit'
import type { TriggerRecord } from './trigger-record'

let kit: WebKit
beforeAll(async () => {
  kit = await openWebKit()
  await createFlow(
    kit.scope,
    flow('etl', [schedule('hourly', '0 * * * *'), schedule('secondly', '* * * * * *', true), hook]),
  )
  await createFlow(kit.scope, flow('report', [schedule('daily', '0 6 * * *')]))
  await createFlow(kit.scope, flow('off', [`${schedule('silent', '0 6 * * *')}    disabled: true\n`]))
})
afterAll(() => kit?.close())

const schedule = (id: string, cron: string, withSeconds = false) =>
  `  - id: ${id}\n    type: io.kestra.plugin.core.trigger.Schedule\n    cron: "${cron}"\n    withSeconds: ${withSeconds}\n`
const hook = '  - id: hook\n    type: io.kestra.plugin.core.trigger.Webhook\n    key: abcdefghijklmnop\n'
const flow = (id: string, triggers: string[]) => `id: ${id}
namespace: company.team
inputs:
  - id: count
    type: INT
    defaults: 1
  - id: password
    type: SECRET
    required: false
tasks:
  - id: hello
    type: io.kestra.plugin.core.log.Log
    message: Hello
triggers:
${triggers.join('')}`

async function get<T>(path: string): Promise<T> {
  const response = await ask(`/acme/triggers${path}`, kit.ownerToken)
  return (await response.json()) as T
}
const search = async (query: string) =>
  (await get<{ results: TriggerRecord[] }>(`/search?${query}`)).results.map(({ triggerId }) => triggerId)
async function send(method: string, path: string, body?: object): Promise<{ status: number; reply: never }> {
  const headers = { 'content-type': 'application/json' }
  const text = body === undefined ? '{}' : JSON.stringify(body)
  const response = await ask(`/acme/triggers${path}`, kit.ownerToken, {
    method,
    headers,
    ...(method === 'DELETE' ? {} : { body: text }),
  })
  return { status: response.status, reply: (response.status === 204 ? undefined : await response.json()) as never }
}
const key = (flowId: string, triggerId: string) => ({ namespace: 'company.team', flowId, triggerId })
const put = (flowId: string, triggerId: string, change: object) =>
  send('PUT', '', { ...key(flowId, triggerId), ...change })
const rowOf = (triggerId: string) => kit.scope.db.trigger.findFirstOrThrow({ where: { triggerId } })

describe('a list of triggers', () => {
  test.each([
    ['', ['hook', 'hourly', 'secondly', 'silent', 'daily']],
    ['q=HOUR', ['hourly']],
    ['flowId=report', ['daily']],
    ['kind=webhook', ['hook']],
    ['disabled=true', ['silent']],
    ['disabled=false', ['hook', 'hourly', 'secondly', 'daily']],
    ['filters[triggerState][EQUALS]=DISABLED', ['silent']],
    ['namespace=company', ['hook', 'hourly', 'secondly', 'silent', 'daily']],
    ['namespace=comp', []],
    ['withError=true', []],
  ])('%s', async (query, ids) => expect(await search(query)).toEqual(ids))

  test('pages by a cursor', async () => {
    const seen: string[] = []
    let cursor = ''
    for (;;) {
      const page = await get<{ results: TriggerRecord[]; nextCursor?: string; total: number }>(
        `/search?limit=2${cursor}`,
      )
      expect(page.total).toBe(5)
      seen.push(...page.results.map(({ triggerId }) => triggerId))
      if (page.nextCursor === undefined) break
      cursor = `&cursor=${page.nextCursor}`
    }
    expect(seen).toEqual(['hook', 'hourly', 'secondly', 'silent', 'daily'])
  })

  test('of a flow tells what each one is about', async () => {
    const { results } = await get<{ results: TriggerRecord[] }>('/company.team/report')
    expect(results).toMatchObject([
      {
        triggerId: 'daily',
        kind: 'schedule',
        disabled: false,
        disabledByFlow: false,
        nextExecutionDate: expect.stringContaining('T06:00:00'),
      },
    ])
    const off = await get<{ results: TriggerRecord[] }>('/company.team/off')
    expect(off.results).toMatchObject([{ triggerId: 'silent', disabled: false, disabledByFlow: true }])
  })
})

describe('the switch', () => {
  test('disables, says by whom, and enables; the next date stays', async () => {
    const before = await rowOf('daily')
    const { reply } = await put('report', 'daily', { disabled: true })
    expect(reply).toMatchObject({ disabled: true, disabledReason: expect.stringMatching(/^by .+@/) })
    expect(await rowOf('daily')).toMatchObject({ isSynced: false })
    expect((await put('report', 'daily', { disabled: false })).reply).toMatchObject({ disabled: false })
    expect((await rowOf('daily')).nextDate).toEqual(before.nextDate)
  })

  test('leaves the text of the flow its word', async () => {
    await put('off', 'silent', { disabled: true })
    const { status, reply } = await put('off', 'silent', { disabled: false })
    expect([status, reply]).toEqual([
      409,
      expect.objectContaining({ message: expect.stringContaining("flow's text disables") }),
    ])
  })

  test.each([
    ['an unknown trigger', 'none', 404],
    ['a misspelt property', 'daily', 400],
  ])('%s', async (_name, triggerId, status) => {
    expect((await put('report', triggerId, { disabled: true, ...(status === 400 ? { disable: 1 } : {}) })).status).toBe(
      status,
    )
  })
})

const past = { start: '2020-01-01T00:00:00Z', end: '2020-01-01T05:00:00Z' }

describe('a backfill', () => {
  test.each<[name: string, trigger: string, change: object, status: number, message: string]>([
    ['a reversed range', 'hourly', { backfill: { start: past.end, end: past.start } }, 422, 'The range is reversed'],
    ['the future', 'hourly', { backfill: { start: '2999-01-01T00:00:00Z' } }, 422, 'lies in the future'],
    [
      'an end in the future',
      'hourly',
      { backfill: { start: past.start, end: '2999-01-01T00:00:00Z' } },
      422,
      'ends in the future',
    ],
    [
      'an empty range',
      'hourly',
      { backfill: { start: '2020-01-01T00:01:00Z', end: '2020-01-01T00:02:00Z' } },
      422,
      'has no date between',
    ],
    ['no date', 'hourly', { backfill: { start: 'yesterday' } }, 400, 'start'],
    [
      'too many',
      'hourly',
      { backfill: { start: past.start, end: '2021-01-01T00:00:00Z' } },
      422,
      'starts about 8,785 executions: more than 1,000',
    ],
    [
      'ten years of seconds',
      'secondly',
      { backfill: { start: '2010-01-01T00:00:00Z', end: '2020-01-01T00:00:00Z' } },
      422,
      'starts about 315,5',
    ],
    ['a webhook', 'hook', { backfill: past }, 422, 'Only schedules'],
    ['an input that does not fit', 'hourly', { backfill: { ...past, inputs: { count: 'many' } } }, 422, 'count'],
    [
      'an input that is not there',
      'hourly',
      { backfill: { ...past, inputs: { nothing: 1 } } },
      422,
      'the flow has no input nothing',
    ],
  ])('refuses %s', async (_name, trigger, change, status, message) => {
    const refused = await put('etl', trigger, change)
    expect(refused.status).toBe(status)
    expect(JSON.stringify(refused.reply)).toContain(message)
    expect((await rowOf(trigger)).backfill).toBeNull()
  })

  test('is estimated before it starts', async () => {
    const estimate = (triggerId: string, start: string, end: string) =>
      get(`/company.team/etl/${triggerId}/backfill/estimate?start=${start}&end=${end}`)
    expect(await estimate('hourly', past.start, past.end)).toEqual({
      start: '2020-01-01T00:00:00.000Z',
      end: '2020-01-01T05:00:00.000Z',
      total: 6,
      isExact: true,
      hasConditions: false,
      firstDate: '2020-01-01T00:00:00.000Z',
      lastDate: '2020-01-01T05:00:00.000Z',
      needsConfirmation: false,
    })
    expect(await estimate('secondly', '2010-01-01T00:00:00Z', past.start)).toMatchObject({
      isExact: false,
      needsConfirmation: true,
    })
  })

  test('of listed dates is estimated, too', async () => {
    const listed = `  - id: listed
    type: io.kestra.plugin.core.trigger.ScheduleOnDates
    dates: ["2020-01-01T01:00:00Z", "2020-01-01T02:00:00Z", "2030-01-01T00:00:00Z"]
`
    await createFlow(kit.scope, flow('dates', [listed]))
    const range = `start=${past.start}&end=${past.end}`
    expect(await get(`/company.team/dates/listed/backfill/estimate?${range}`)).toMatchObject({
      total: 2,
      firstDate: '2020-01-01T01:00:00.000Z',
      lastDate: '2020-01-01T02:00:00.000Z',
    })
  })

  test('starts, seals what is secret, pauses, goes on, ends; a second one must wait', async () => {
    const inputs = { password: 'open sesame', count: '{{ trigger.date | date("yyyy") }}' }
    const started = await put('etl', 'hourly', { backfill: { ...past, inputs, labels: [{ key: 'a', value: 'b' }] } })
    expect(started.reply).toMatchObject({
      backfill: { done: 0, total: 6, paused: false, labels: [{ key: 'a', value: 'b' }] },
    })
    expect(JSON.stringify(started.reply) + JSON.stringify(await rowOf('hourly'))).not.toContain('sesame')
    // As Kestra's clients do: the whole trigger, as it was read.
    const echo = {
      ...key('etl', 'hourly'),
      date: null,
      disabled: false,
      backfill: { start: past.start, end: past.end },
    }
    expect((await send('PUT', '', echo)).status).toBe(200)
    const second = await put('etl', 'hourly', { backfill: { ...past, start: '2020-01-01T03:00:00Z' } })
    expect([second.status, second.reply]).toEqual([
      409,
      expect.objectContaining({ message: expect.stringContaining('has a backfill already') }),
    ])
    expect(await search('withBackfill=true')).toEqual(['hourly'])
    expect((await send('PUT', '/backfill/pause', key('etl', 'hourly'))).reply).toMatchObject({
      backfill: { paused: true },
    })
    expect((await send('PUT', '/backfill/unpause', key('etl', 'hourly'))).reply).toMatchObject({
      backfill: { paused: false },
    })
    expect((await send('POST', '/backfill/delete', key('etl', 'hourly'))).reply).not.toHaveProperty('backfill')
    expect((await send('POST', '/backfill/delete', key('etl', 'hourly'))).status).toBe(409)
  })

  test('of many executions starts once it is confirmed', async () => {
    const backfill = { start: '2019-01-01T00:00:00Z', end: past.start }
    expect((await put('etl', 'hourly', { backfill, confirmed: true })).reply).toMatchObject({
      backfill: { isExact: false },
    })
    await send('POST', '/backfill/delete', key('etl', 'hourly'))
  })

  test('of a disabled trigger is refused', async () => {
    await put('report', 'daily', { disabled: true })
    const { status, reply } = await put('report', 'daily', { backfill: past })
    expect([status, JSON.stringify(reply)]).toEqual([409, expect.stringContaining('enable it first')])
  })
})

test('what is not locked can not be unlocked', async () => {
  expect((await send('POST', '/company.team/report/daily/unlock')).status).toBe(409)
})

test('a trigger that is forgotten begins afresh', async () => {
  await kit.scope.db.trigger.updateMany({
    where: { triggerId: 'daily' },
    data: { disabled: true, nextDate: new Date(0), lastDate: new Date(0), error: 'no', state: { seen: 1 } },
  })
  expect((await send('DELETE', '/company.team/report/daily')).status).toBe(204)
  const row = await rowOf('daily')
  expect(row).toMatchObject({ disabled: false, lastDate: null, error: null, state: {}, isSynced: false })
  expect(row.nextDate!.getTime()).toBeGreaterThan(Date.now())
  expect(row.unlockedAt).not.toBeNull()
})

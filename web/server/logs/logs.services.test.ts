/** Lines of all executions, and of one whose lines are many. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { database } from '#db/client'
import { tenantDb } from '#db/tenant-db'
import { type FreshDatabase, freshDatabase } from '../../../test/harness/database'
import type { Scope } from '../access/tenant-scope'
import { indexLogs, markEvery } from '../executions/index-logs'
import { listLogs } from '../executions/list-logs'
import { scopeOf } from '../testing/owner-scope'
import { searchLogs } from './search-logs'

let fresh: FreshDatabase
let scope: Scope

const nowMs = Date.now()
const hourMs = 3_600_000
const lineCount = 250

type Line = Partial<{ tenantId: string; namespace: string; flowId: string; level: string; message: string }>

async function write(executionId: string, lines: (Line & { agoMs: number; attempt?: number; taskId?: string })[]) {
  const tenantId = lines[0]?.tenantId ?? fresh.tenantId
  const db = tenantDb(tenantId)
  const [namespace, flowId] = [lines[0]?.namespace ?? 'company.team', lines[0]?.flowId ?? 'etl']
  const flow = { tenantId, namespace, flowId, flowRevision: 1 }
  const createdAt = new Date(nowMs - 100 * 24 * hourMs)
  await db.execution.create({ data: { ...flow, id: executionId, state: 'SUCCESS', plan: {}, createdAt } })
  await db.log.createMany({
    data: lines.map(({ agoMs, level = 'INFO', message = 'said', attempt = 1, taskId = 'say' }, sequence) => ({
      ...{ tenantId, namespace, flowId, executionId, taskRunId: 'r', attempt, sequence, taskId, level, message },
      timestamp: new Date(nowMs - agoMs),
    })),
  })
}

beforeAll(async () => {
  fresh = await freshDatabase()
  scope = scopeOf({ tenantId: fresh.tenantId, tenant: 'acme', userId: fresh.userId })
  await write('recent', [
    { agoMs: 2000, message: 'second of 100%' },
    { agoMs: 2000, message: 'third', level: 'ERROR' },
    { agoMs: 3000, message: 'first', level: 'DEBUG' },
  ])
  await write('other', [{ agoMs: 5 * hourMs, message: 'of another place', namespace: 'company.other', flowId: 'b' }])
  await write('old', [{ agoMs: 30 * 24 * hourMs, message: 'long ago', level: 'WARN' }])
  await write('theirs', [{ agoMs: 1000, message: 'theirs', tenantId: fresh.otherTenantId }])
  await write(
    'long',
    Array.from({ length: lineCount }, (_, number) => ({
      ...{ agoMs: 50 * 24 * hourMs - number, message: `Line ${number}`, attempt: number < 200 ? 1 : 2 },
      ...{ level: number % 60 === 7 ? 'ERROR' : 'INFO', taskId: number % 2 === 0 ? 'even' : 'odd' },
    })),
  )
})
afterAll(() => fresh.drop())

describe('of all executions', () => {
  type Asked = Partial<Parameters<typeof searchLogs>[1]>

  async function search(asked: Asked = {}, by = scope): Promise<string[]> {
    const found: string[] = []
    for (let cursor: string | undefined, calls = 0; calls < 100; calls++) {
      const page = await searchLogs(by, { limit: 2, ...asked, cursor }, nowMs)
      found.push(...page.results.map(({ message }) => message))
      if (page.nextCursor === undefined) return found
      cursor = page.nextCursor
    }
    throw new Error('the pages have no end')
  }

  const dayAgo = (days: number) => new Date(nowMs - days * 24 * hourMs).toISOString()

  test.each<[string, Asked, string[]]>([
    ['a day where no range is said', {}, ['third', 'second of 100%', 'first', 'of another place']],
    ['a longer range', { startDate: dayAgo(31), minLevel: 'WARN' }, ['third', 'long ago']],
    ['up to a time', { startDate: dayAgo(31), endDate: dayAgo(1) }, ['long ago']],
    ['a level and above', { minLevel: 'INFO' }, ['third', 'second of 100%', 'of another place']],
    ['ERROR', { minLevel: 'ERROR' }, ['third']],
    ['a part of the message, as it is written', { q: '100%' }, ['second of 100%']],
    ['whatever its case', { q: 'OTHER' }, ['of another place']],
    ['no wildcard', { q: '_' }, []],
    ['a namespace with those below it', { namespace: 'company.other' }, ['of another place']],
    ['not one that begins alike', { namespace: 'company.oth' }, []],
    ['a flow', { flowId: 'b' }, ['of another place']],
  ])('%s', async (_name, asked, messages) => {
    expect(await search(asked)).toEqual(messages)
    expect(await search({ ...asked, limit: 1 })).toEqual(messages)
  })

  test('within the reach of who asks', async () => {
    const db = tenantDb(fresh.tenantId, database(), { namespaces: ['company.other'] })
    expect(await search({}, { ...scope, db })).toEqual(['of another place'])
    expect(await search({ minLevel: 'ERROR' }, { ...scope, db })).toEqual([])
  })

  test('what is rare among more lines than one step looks at, many of one time, by whoever reaches it', async () => {
    const [from, until] = [dayAgo(71), dayAgo(69)]
    await scope.db.$executeRaw`
      INSERT INTO log (tenant_id, execution_id, sequence, timestamp, namespace, flow_id, level, message)
      SELECT ${fresh.tenantId}::uuid, 'many', i, ${dayAgo(70)}::timestamptz + i / 7000 * interval '1 second',
        CASE i % 9000 WHEN 5 THEN 'company.rare' ELSE 'company.many' END, 'etl', 'INFO',
        CASE i % 9000 WHEN 5 THEN 'rare ' || i ELSE 'said' END
      FROM generate_series(0, 29999) i`
    const asked = { startDate: from, endDate: until }
    const rare = ['rare 27005', 'rare 18005', 'rare 9005', 'rare 5']
    const db = tenantDb(fresh.tenantId, database(), { namespaces: ['company.rare'] })
    for (const limit of [1, 3, 100]) {
      expect(await search({ ...asked, limit, q: 'rare' })).toEqual(rare)
      expect(await search({ ...asked, limit, namespace: 'company.rare' })).toEqual(rare)
      expect(await search({ ...asked, limit }, { ...scope, db })).toEqual(rare)
    }
    expect(await search({ ...asked, q: 'nowhere' })).toEqual([])
    expect((await searchLogs(scope, { ...asked, limit: 1000 }, nowMs)).results).toHaveLength(1000)
  })

  test('a cursor that no list gave, and a date that is none', async () => {
    await expect(search({ startDate: 'yesterday' })).rejects.toThrow('startDate')
    await expect(searchLogs(scope, { limit: 1, cursor: 'x' }, nowMs)).rejects.toThrow('cursor')
  })
})

describe('of one execution', () => {
  const index = (filters: Omit<Parameters<typeof indexLogs>[1], 'id'> = {}) =>
    indexLogs(scope, { id: 'long', ...filters })

  test('its index leads to each part', async () => {
    const { count, marks, errors, last } = await index()
    expect([count, marks.length]).toEqual([lineCount, Math.ceil(lineCount / markEvery)])
    expect(errors).toEqual([7, 67, 127, 187, 247])
    for (const [part, mark] of marks.entries()) {
      const after = (BigInt(mark) - 1n).toString()
      const lines = await listLogs(scope, { id: 'long', after, limit: markEvery })
      expect(lines[0]?.message).toBe(`Line ${part * markEvery}`)
    }
    expect(await listLogs(scope, { id: 'long', after: last, limit: 10 })).toEqual([])
  })

  test.each([
    [{ minLevel: 'ERROR' }, 5],
    [{ taskId: 'odd' }, 125],
    [{ attempt: 2 }, 50],
    [{ q: 'line 24' }, 11],
    [{ q: 'Line 24', taskId: 'even', attempt: 2 }, 5],
    [{ taskRunId: 'other' }, 0],
  ] as const)('narrowed by %j: %i lines, in the index and in the list', async (filters, expected) => {
    const { count, marks } = await index(filters)
    expect([count, marks.length]).toEqual([expected, Math.ceil(expected / markEvery)])
    expect(await listLogs(scope, { id: 'long', ...filters, limit: 1000 })).toHaveLength(expected)
  })

  test('one that is not there, or another tenant’s', async () => {
    await expect(indexLogs(scope, { id: 'none' })).rejects.toThrow('There is no execution none')
    await expect(indexLogs(scope, { id: 'theirs' })).rejects.toThrow('There is no execution theirs')
  })
})

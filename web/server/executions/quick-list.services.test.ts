/** Lists that count nothing and take no long time find what the counted ones find. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { database } from '#db/client'
import { tenantDb } from '#db/tenant-db'
import { type FreshDatabase, freshDatabase } from '../../../test/harness/database'
import type { Scope } from '../access/tenant-scope'
import { scopeOf } from '../testing/owner-scope'
import { listExecutions } from './list-executions'
import type { ListExecutions } from './list-executions-input'

let fresh: FreshDatabase
let scope: Scope

const nowMs = Date.now()
const dayMs = 86_400_000
const ago = (days: number) => new Date(nowMs - days * dayMs)

beforeAll(async () => {
  fresh = await freshDatabase()
  scope = scopeOf({ tenantId: fresh.tenantId, tenant: 'acme', userId: fresh.userId })
  const { tenantId } = fresh
  const of = { tenantId, flowRevision: 1, plan: {} }
  await scope.db.flow.createMany({
    data: ['company.team', 'company', 'other'].map(namespace => ({ tenantId, namespace, id: 'etl', revision: 1 })),
  })
  await scope.db.execution.createMany({
    data: Array.from({ length: 40 }, (_, index) => ({
      ...{ ...of, id: `e${index}`, flowId: index % 2 === 0 ? 'etl' : 'report' },
      namespace: ['company.team', 'company', 'other'][index % 3]!,
      state: index % 4 === 0 ? 'FAILED' : 'SUCCESS',
      labels: [{ key: 'team', value: index % 5 === 0 ? 'data' : 'web' }],
      // Several at the same time: ids settle their order.
      createdAt: ago(Math.floor(index / 3) ** 2),
    })),
  })
})
afterAll(() => fresh.drop())

async function all(input: Partial<ListExecutions>, by = scope): Promise<string[]> {
  const found: string[] = []
  for (let cursor: string | undefined, calls = 0; calls < 100; calls++) {
    const page = await listExecutions(by, { limit: 3, ...input, cursor })
    found.push(...page.results.map(({ id }) => id))
    if (page.nextCursor === undefined) return found
    cursor = page.nextCursor
  }
  throw new Error('the pages have no end')
}

test.each<[Partial<ListExecutions>, number]>([
  [{}, 40],
  [{ q: 'REPORT' }, 20],
  [{ q: 'nothing' }, 0],
  [{ labels: ['team:data'] }, 8],
  [{ namespace: 'company' }, 27],
  [{ namespace: 'company', flowId: 'etl' }, 13],
  [{ namespace: 'company.team', flowId: 'etl', state: ['FAILED'] }, 4],
  [{ namespace: 'company', flowId: 'gone' }, 0],
  [{ flowId: 'etl' }, 20],
  [{ flowId: 'report', startDate: ago(30).toISOString() }, 9],
  [{ q: 'e', endDate: ago(30).toISOString(), state: ['FAILED'] }, 5],
])('%j: %i', async (input, count) => {
  const counted = await all(input)
  expect(counted).toHaveLength(count)
  expect(await all({ ...input, withTotal: false })).toEqual(counted)
})

test('what is rare among more than one step looks at, many of one time, by whoever reaches it', async () => {
  await scope.db.$executeRaw`
    INSERT INTO execution (tenant_id, id, namespace, flow_id, flow_revision, state, plan, created_at)
    SELECT ${fresh.tenantId}::uuid, 'many-' || i, CASE i % 4500 WHEN 5 THEN 'rare' ELSE 'many' END, 'many', 1, 'SUCCESS', '{}',
      ${ago(5000)}::timestamptz + i / 3000 * interval '1 second'
    FROM generate_series(0, 9999) i`
  const asked: Partial<ListExecutions> = { withTotal: false, endDate: ago(4999).toISOString() }
  const rare = ['many-9005', 'many-4505', 'many-5']
  const db = tenantDb(fresh.tenantId, database(), { namespaces: ['rare'] })
  for (const limit of [1, 2, 50]) {
    expect(await all({ ...asked, limit, namespace: 'rare' })).toEqual(rare)
    expect(await all({ ...asked, limit }, { ...scope, db })).toEqual(rare)
  }
  expect(await all({ ...asked, q: 'nowhere' })).toEqual([])
})

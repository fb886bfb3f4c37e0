import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../test/harness/database'
import { createDatabase, type Database } from './client'
import { takeQuota } from './quotas'
import { type ScopedDb, tenantDb } from './tenant-db'

let fresh: FreshDatabase
let db: Database
let own: ScopedDb

beforeAll(async () => {
  fresh = await freshDatabase()
  db = createDatabase(fresh.url)
  own = tenantDb(fresh.tenantId, db)
  for (const id of ['one', 'many', 'two', 'rolls', 'race']) {
    await own.flow.create({ data: { tenantId: fresh.tenantId, namespace: 'team', id, revision: 1 } })
  }
})

afterAll(async () => {
  await db.$disconnect()
  await fresh.drop()
})

const dayMs = 86_400_000
/** No window of it ends during a test. */
const ageMs = 100 * 365 * dayMs
const take = (flowId: string, ...quotas: { durationMs: number; limit: number }[]) =>
  takeQuota(own, { tenantId: fresh.tenantId, namespace: 'team', flowId }, quotas)
const used = async (flowId: string) =>
  (await own.quotaWindow.findMany({ where: { flowId }, orderBy: { durationMs: 'asc' } })).map(row => row.used)

test('a quota has as many places as it says', async () => {
  const quota = { durationMs: ageMs, limit: 2 }
  expect(await take('one', quota)).toBeUndefined()
  expect(await take('one', quota)).toBeUndefined()
  expect(await take('one', quota)).toEqual(quota)
  expect(await take('many', quota)).toBeUndefined()
  expect(await take('one')).toBeUndefined()
})

test('the first of several that is full is told, and nothing is counted', async () => {
  const [wide, narrow] = [
    { durationMs: 2 * ageMs, limit: 10 },
    { durationMs: ageMs, limit: 1 },
  ]
  expect(await take('two', wide, narrow)).toBeUndefined()
  expect(await take('two', wide, narrow)).toEqual(narrow)
  expect(await used('two')).toEqual([1, 1])
})

test('a new window begins with no place taken', async () => {
  const quota = { durationMs: ageMs, limit: 1 }
  await take('rolls', quota)
  expect(await take('rolls', quota)).toEqual(quota)
  const { startedAt } = await own.quotaWindow.findFirstOrThrow({ where: { flowId: 'rolls' } })
  await own.quotaWindow.updateMany({
    where: { flowId: 'rolls' },
    data: { startedAt: new Date(startedAt.getTime() - ageMs) },
  })
  expect(await take('rolls', quota)).toBeUndefined()
  expect(await used('rolls')).toEqual([1])
})

test('many at once take each place once', async () => {
  const answers = await Promise.all(Array.from({ length: 40 }, () => take('race', { durationMs: ageMs, limit: 7 })))
  expect(answers.filter(answer => answer === undefined)).toHaveLength(7)
  expect(await used('race')).toEqual([7])
})

test('another tenant counts apart, and can count nothing here', async () => {
  const other = tenantDb(fresh.otherTenantId, db)
  const foreign = takeQuota(other, { tenantId: fresh.tenantId, namespace: 'team', flowId: 'one' }, [
    { durationMs: ageMs, limit: 9 },
  ])
  await expect(foreign).rejects.toThrow('row-level security')
  expect(await other.quotaWindow.count()).toBe(0)
})

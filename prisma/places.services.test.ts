import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../test/harness/database'
import { Prisma } from './generated/client'
import { type ScopedDb, tenantDb } from './tenant-db'

let fresh: FreshDatabase
let db: ScopedDb
const flow = { namespace: 'company', id: 'limited' }

beforeAll(async () => {
  fresh = await freshDatabase()
  db = tenantDb(fresh.tenantId)
  await db.flow.create({
    data: { tenantId: fresh.tenantId, ...flow, revision: 1, concurrency: { limit: 2, behavior: 'QUEUE' } },
  })
})
afterAll(() => fresh.drop())

let minutes = 0
async function insert(id: string, state: string, more: object = {}) {
  const createdAt = new Date(Date.UTC(2026, 0, 1, 0, minutes++))
  const { tenantId } = fresh
  const { namespace, id: flowId } = flow
  await db.execution.create({
    data: { tenantId, id, namespace, flowId, flowRevision: 1, state, plan: {}, createdAt, ...more },
  })
}
const move = (id: string, state: string) =>
  db.execution.update({ where: { tenantId_id: { tenantId: fresh.tenantId, id } }, data: { state } })
const admit = async () => {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select admit_queued(${fresh.tenantId}::uuid, ${flow.namespace}, ${flow.id}) as id`
  return rows.map(({ id }) => id)
}
/** In this database alone: tests of other files wait on the same server. */
async function countWaitingForLocks(): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from pg_locks join pg_stat_activity using (pid)
    where not granted and locktype = 'transactionid' and datname = current_database()`
  return row!.count
}
async function takeEvents() {
  const events = await db.executionEvent.findMany({ orderBy: { position: 'asc' } })
  await db.executionEvent.deleteMany({ where: { tenantId: fresh.tenantId } })
  return events.map(({ executionId, state }) => `${executionId} ${state}`)
}

describe('the places of a flow', () => {
  test('go to those that wait longest, and never to more than the limit', async () => {
    await insert('a', 'RUNNING')
    await insert('b', 'PAUSED')
    for (const id of ['c', 'd', 'e']) await insert(id, 'QUEUED')
    expect(await admit()).toEqual([])
    await move('a', 'SUCCESS')
    expect(await admit()).toEqual(['c'])
    expect(await admit()).toEqual([])
    await move('b', 'KILLED')
    await move('c', 'FAILED')
    expect((await admit()).sort()).toEqual(['d', 'e'])
  })

  test('are not for what is due later', async () => {
    await move('d', 'SUCCESS')
    await insert('later', 'QUEUED', { scheduleDate: new Date(Date.now() + 3_600_000) })
    await insert('now', 'QUEUED', { scheduleDate: new Date(Date.now() - 1000) })
    expect(await admit()).toEqual(['now'])
  })

  test('are never given twice, however many ask at once', async () => {
    await Promise.all(['e', 'now'].map(id => move(id, 'SUCCESS')))
    for (let i = 0; i < 10; i++) await insert(`many${i}`, 'QUEUED')
    const admitted = (await Promise.all([admit(), admit(), admit(), admit()])).flat()
    expect(admitted.sort()).toEqual(['many0', 'many1'])
  })

  test('are not for a restarted one before those that waited, and it shows that it was restarted', async () => {
    await insert('ended', 'FAILED', { resumeFrom: { executionId: 'ended', mode: 'restart' } })
    await move('ended', 'QUEUED')
    await insert('newcomer', 'QUEUED', { createdAt: new Date() })
    await db.flow.updateMany({ where: { id: flow.id }, data: { concurrency: { limit: 11, behavior: 'QUEUE' } } })
    expect(await admit()).toHaveLength(9)
    const { tenantId } = fresh
    const row = await db.execution.findUniqueOrThrow({ where: { tenantId_id: { tenantId, id: 'ended' } } })
    expect(row.state).toBe('RESTARTED')
    const newcomer = await db.execution.findUniqueOrThrow({ where: { tenantId_id: { tenantId, id: 'newcomer' } } })
    expect(newcomer.state).toBe('QUEUED')
  })

  test('are not for one that is ended at the very moment', async () => {
    await insert('ending', 'QUEUED', { createdAt: new Date(0) })
    await db.flow.updateMany({ where: { id: flow.id }, data: { concurrency: { limit: 12, behavior: 'QUEUE' } } })
    const waiting = await db.transact(async tx => {
      const { tenantId } = fresh
      await tx.execution.update({ where: { tenantId_id: { tenantId, id: 'ending' } }, data: { state: 'KILLED' } })
      const admitted = admit()
      await expect.poll(countWaitingForLocks, { timeout: 10_000 }).toBeGreaterThan(0)
      return { admitted }
    })
    expect(await waiting.admitted).not.toContain('ending')
    const where = { tenantId_id: { tenantId: fresh.tenantId, id: 'ending' } }
    expect((await db.execution.findUniqueOrThrow({ where })).state).toBe('KILLED')
    await db.flow.updateMany({ where: { id: flow.id }, data: { concurrency: { limit: 11, behavior: 'QUEUE' } } })
  })

  test('are without end where the limit is gone', async () => {
    for (let i = 0; i < 5; i++) await insert(`more${i}`, 'QUEUED')
    await db.flow.updateMany({ where: { id: flow.id }, data: { concurrency: Prisma.DbNull } })
    expect(await admit()).toHaveLength(6)
  })
})

test('the places of a plan are those of all flows together, and an end is told to those who wait for one', async () => {
  const { tenantId } = fresh
  await db.execution.deleteMany({ where: { tenantId } })
  await takeEvents()
  const admitWithin = async (most: number, flowId = flow.id) => {
    const limits = JSON.stringify({ SCALE: most })
    const rows = await db.$queryRaw<{ id: string }[]>`
      select admit_queued(${tenantId}::uuid, ${flow.namespace}, ${flowId}, ${limits}::jsonb) as id`
    return rows.map(({ id }) => id)
  }
  await insert('elsewhere', 'RUNNING', { flowId: 'other' })
  for (const id of ['p1', 'p2', 'p3']) await insert(id, 'QUEUED')
  await insert('other', 'QUEUED', { flowId: 'other' })
  const attempts = await Promise.all([admitWithin(2), admitWithin(2), admitWithin(2, 'other'), admitWithin(2, 'other')])
  expect(attempts.flat()).toHaveLength(1)
  expect(await takeEvents()).toEqual([])
  await move('elsewhere', 'SUCCESS')
  expect(await takeEvents()).toContain(' PLAN_ROOM')
  await Promise.all([admitWithin(2), admitWithin(2, 'other')])
  expect(await db.execution.count({ where: { state: 'CREATED' } })).toBe(2)
  await admitWithin(4)
  await admitWithin(4, 'other')
  expect(await db.execution.count({ where: { state: 'QUEUED' } })).toBe(0)
})

describe('events', () => {
  test('are left by an end under a limit, by the end of what a trigger started, and by a deletion', async () => {
    await db.flow.updateMany({ where: { id: flow.id }, data: { concurrency: { limit: 1, behavior: 'QUEUE' } } })
    await takeEvents()
    await insert('x', 'CREATED')
    await move('x', 'RUNNING')
    await move('x', 'SUCCESS')
    await insert('y', 'RUNNING')
    await db.execution.delete({ where: { tenantId_id: { tenantId: fresh.tenantId, id: 'y' } } })
    expect(await takeEvents()).toEqual(['x SUCCESS', 'y DELETED'])

    await db.flow.updateMany({ where: { id: flow.id }, data: { concurrency: Prisma.DbNull } })
    expect(await takeEvents()).toEqual([' LIMIT_CHANGED'])
    await insert('free', 'SUCCESS')
    await insert('triggered', 'SUCCESS', { trigger: { id: 't', type: 'x' } })
    expect(await takeEvents()).toEqual(['triggered SUCCESS'])
  })

  test('are left by each change of state where a flow waits for others', async () => {
    const { tenantId } = fresh
    const trigger = { triggerId: 'after', type: 'x', kind: 'flow', definition: {} }
    const followed = { followedFlows: ['company/limited'], followedStates: ['CREATED', 'PAUSED'] }
    await db.flow.create({ data: { tenantId, namespace: flow.namespace, id: 'waiting', revision: 1 } })
    await db.trigger.create({
      data: { tenantId, namespace: flow.namespace, flowId: 'waiting', ...trigger, ...followed },
    })
    await insert('z', 'CREATED')
    await move('z', 'PAUSED')
    expect(await takeEvents()).toEqual(['z CREATED', 'z PAUSED'])
  })
})

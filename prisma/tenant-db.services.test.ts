import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../test/harness/database'
import { createDatabase, type Database } from './client'
import { tenantDb, tokenDb, userDb } from './tenant-db'

let fresh: FreshDatabase
let db: Database

beforeAll(async () => {
  fresh = await freshDatabase()
  db = createDatabase(fresh.url)
  await tenantDb(fresh.tenantId).flow.create({
    data: { tenantId: fresh.tenantId, namespace: 'team', id: 'a', revision: 1 },
  })
})

afterAll(async () => {
  await db.$disconnect()
  await fresh.drop()
})

const flowOf = (tenantId: string, id: string) => ({ data: { tenantId, namespace: 'team', id, revision: 1 } })

describe('row-level security', () => {
  test('a tenant sees its rows, by models, raw queries and in transactions', async () => {
    const own = tenantDb(fresh.tenantId)
    expect(await own.flow.count()).toBe(1)
    expect(await own.$queryRaw`select id from flow`).toEqual([{ id: 'a' }])
    expect(await own.transact(tx => tx.flow.count())).toBe(1)
  })

  test('plain SQL is bound as well, and leaves no tenant behind', async () => {
    const [text, gift] = [
      'select id from flow',
      "insert into flow (tenant_id, namespace, id, revision) values ($1, 'team', 'gift', 1)",
    ]
    const single = createDatabase(fresh.url, { maxConnections: 1 })
    const flows = { name: 'flows', text, values: [] }
    const hostile = `'); delete from flow; --\\' $1 {{}}`
    const echo = {
      name: 'echo',
      text: 'select $1::text as text, $2::text[] as list, $3::bigint[] as numbers',
      values: [hostile, ['a,b', '"', "'", '\\\\"{', ''], [1, 2]],
    }
    try {
      expect(await tenantDb(fresh.tenantId, single).sql(flows)).toEqual([[{ id: 'a' }]])
      expect(await tenantDb(fresh.otherTenantId, single).sql(flows, flows)).toEqual([[], []])
      expect(await single.$queryRaw`select id from flow`).toEqual([])
      const refused = tenantDb(fresh.otherTenantId, single).sql({ name: 'gift', text: gift, values: [fresh.tenantId] })
      await expect(refused).rejects.toThrow('row-level security')
      expect(await tenantDb(fresh.tenantId, single).sql(flows)).toEqual([[{ id: 'a' }]])
      expect(await tenantDb(fresh.tenantId, single).sql(echo)).toEqual([
        [{ text: hostile, list: ['a,b', '"', "'", '\\\\"{', ''], numbers: ['1', '2'] }],
      ])
      const nul = tenantDb(fresh.tenantId, single).sql({ ...echo, values: ['a\0', [], []] })
      await expect(nul).rejects.toThrow('NUL')
    } finally {
      await single.$disconnect()
    }
  })

  test('without a tenant there are no rows', async () => {
    expect(await db.flow.count()).toBe(0)
    expect(await db.$queryRaw`select id from flow`).toEqual([])
  })

  test('another tenant sees, changes and deletes nothing', async () => {
    const other = tenantDb(fresh.otherTenantId)
    const everything = { where: { tenantId: fresh.tenantId } }
    expect(await other.flow.findMany(everything)).toEqual([])
    expect(await other.flow.updateMany({ ...everything, data: { disabled: true } })).toEqual({ count: 0 })
    expect(await other.flow.deleteMany(everything)).toEqual({ count: 0 })
    expect(await other.$executeRaw`delete from flow`).toBe(0)
    expect(await tenantDb(fresh.tenantId).flow.count()).toBe(1)
  })

  test('a row can be neither written for another tenant nor given to it', async () => {
    const other = tenantDb(fresh.otherTenantId)
    await expect(other.flow.create(flowOf(fresh.tenantId, 'b'))).rejects.toThrow('row-level security')
    const own = tenantDb(fresh.tenantId)
    const gift = own.flow.updateMany({ where: { id: 'a' }, data: { tenantId: fresh.otherTenantId } })
    await expect(gift).rejects.toThrow('row-level security')
    await expect(db.flow.create(flowOf(fresh.tenantId, 'c'))).rejects.toThrow('row-level security')
  })

  test('the tenant of one request does not stay on the connection', async () => {
    const single = createDatabase(fresh.url, { maxConnections: 1 })
    try {
      expect(await tenantDb(fresh.tenantId, single).flow.count()).toBe(1)
      expect(await single.flow.count()).toBe(0)
    } finally {
      await single.$disconnect()
    }
  })

  test('many tenants at once keep apart', async () => {
    const ids = Array.from({ length: 40 }, (_, index) => (index % 2 ? fresh.tenantId : fresh.otherTenantId))
    const counts = await Promise.all(ids.map(id => tenantDb(id).flow.count()))
    expect(counts).toEqual(ids.map(id => (id === fresh.tenantId ? 1 : 0)))
  })

  test('the role of the application can do no more than its tables', async () => {
    const attempts = ['alter table flow disable row level security', 'drop table flow', 'create table x (id int)']
    for (const sql of attempts) await expect(db.$executeRawUnsafe(sql), sql).rejects.toThrow()
    const [role] = await db.$queryRaw<{ name: string; bypass: boolean }[]>`
      select current_user::text as name, rolbypassrls or rolsuper as bypass from pg_roles where rolname = current_user`
    expect(role).toEqual({ name: 'millrace_app', bypass: false })
  })

  test('a revision can not be changed', async () => {
    const own = tenantDb(fresh.tenantId)
    await own.flowRevision.create({
      data: { tenantId: fresh.tenantId, namespace: 'team', flowId: 'a', revision: 1, source: 'id: a' },
    })
    await expect(own.flowRevision.updateMany({ data: { source: 'changed' } })).rejects.toThrow('permission denied')
  })
})

test('a transaction that fails leaves nothing', async () => {
  const own = tenantDb(fresh.tenantId)
  const failing = own.transact(async tx => {
    await tx.flow.create(flowOf(fresh.tenantId, 'half'))
    throw new Error('stop')
  })
  await expect(failing).rejects.toThrow('stop')
  expect(await own.flow.count({ where: { id: 'half' } })).toBe(0)
})

test('a user sees their memberships and no other rows', async () => {
  const own = userDb(fresh.userId)
  expect(await own.membership.findMany({ select: { tenantId: true } })).toEqual([{ tenantId: fresh.tenantId }])
  expect(await own.flow.count()).toBe(0)
  expect(await userDb(fresh.tenantId).membership.count()).toBe(0)
})

test('whoever knows a token finds its row alone', async () => {
  const { tenantId, userId } = fresh
  const tokens = ['one', 'two'].map(hash => ({ tenantId, userId, name: hash, hash, lastFour: hash.slice(-4) }))
  await tenantDb(tenantId).apiToken.createMany({ data: tokens })
  expect(await tokenDb('one').apiToken.findMany({ select: { name: true } })).toEqual([{ name: 'one' }])
  expect(await tokenDb('three').apiToken.count()).toBe(0)
})

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { database } from '#db/client'
import { createStorage, type Storage } from '#db/storage'
import { executionFolder } from '#db/storage/uri'
import { type ScopedDb, tenantDb } from '#db/tenant-db'
import { type FreshDatabase, freshDatabase } from '../../test/harness/database'
import { doChores } from './do-chores'

let fresh: FreshDatabase
let folder: string
let storage: Storage
let db: ScopedDb

beforeAll(async () => {
  fresh = await freshDatabase()
  folder = await mkdtemp(join(tmpdir(), 'millrace-chores-'))
  storage = createStorage(pathToFileURL(folder).href)
  db = tenantDb(fresh.tenantId)
})
afterAll(async () => {
  await fresh.drop()
  await rm(folder, { recursive: true, force: true })
})

const dayMs = 86_400_000
const now = Date.now()
const ago = (days: number) => new Date(now - days * dayMs)
const chores = (hours: number, tenantId = fresh.tenantId) =>
  doChores({ db: id => tenantDb(id), storage }, tenantId, new Date(now + hours * 3_600_000))
const setPlan = (plan: string) => database().tenant.updateMany({ data: { plan } })

/** With a line of log, a metric, a task run and a file of 100 bytes. */
async function create(tenantId: string, id: string, state: string, days: [created: number, ended: number | null]) {
  const scope = tenantDb(tenantId)
  const flow = { namespace: 'company.team', flowId: 'f' }
  const [createdAt, endDate] = [ago(days[0]), days[1] === null ? null : ago(days[1])]
  await scope.execution.create({
    data: { tenantId, id, ...flow, flowRevision: 1, state, plan: {}, createdAt, endDate },
  })
  const of = { tenantId, executionId: id, timestamp: createdAt }
  await scope.log.create({ data: { ...of, ...flow, sequence: 0, level: 'INFO', message: 'x' } })
  const metric = { taskRunId: 't', attempt: 1, sequence: 0, taskId: 't', name: 'm', type: 'counter', value: 1 }
  await scope.metric.create({ data: { ...of, ...metric } })
  await scope.taskRun.create({ data: { tenantId, executionId: id, id: 't', position: 0, taskId: 't', state } })
  await storage.put(tenantId, `${executionFolder({ ...flow, executionId: id })}/tasks/t/1/a`, 'x'.repeat(100))
}

async function left(tenantId = fresh.tenantId) {
  const scope = tenantDb(tenantId)
  const ofRows = [scope.log, scope.metric, scope.taskRun].map(async table =>
    (await (table as typeof scope.log).findMany()).map(({ executionId }) => executionId).sort(),
  )
  const files: string[] = []
  for await (const { path } of storage.list(tenantId, '')) files.push(path.split('/')[4]!)
  const executions = (await scope.execution.findMany()).map(({ id }) => id).sort()
  return [executions, ...(await Promise.all(ofRows)), files.sort()]
}

test('what ended longer ago than the plan keeps goes, whole; open ones and those of others stay', async () => {
  for (const tenantId of [fresh.tenantId, fresh.otherTenantId]) {
    await create(tenantId, 'old', 'SUCCESS', [40, 39])
    await create(tenantId, 'long', 'FAILED', [40, 3])
    await create(tenantId, 'open', 'PAUSED', [40, null])
    await create(tenantId, 'new', 'SUCCESS', [2, 1])
  }
  await chores(0)
  // SCALE keeps all.
  const all = ['long', 'new', 'old', 'open']
  expect(await left()).toEqual(Array(5).fill(all))
  await setPlan('FREE')
  // Another worker has done the chores within the hour.
  await chores(0.5)
  expect(await left()).toEqual(Array(5).fill(all))
  await chores(2)
  expect(await left()).toEqual(Array(5).fill(['long', 'new', 'open']))
  expect(await left(fresh.otherTenantId)).toEqual(Array(5).fill(all))
  const [stored] = await db.usageStorage.findMany()
  expect(stored).toMatchObject({ namespace: 'company.team', bytes: 300n, files: 3 })
  // What is deleted was used all the same.
  expect(await db.usageEvent.aggregate({ _sum: { executions: true } })).toEqual({ _sum: { executions: 3 } })
})

test('the audit log is cut by its own days, is whole then, and a further cut by somebody shows', async () => {
  const owner = new pg.Client({ connectionString: fresh.url })
  await owner.connect()
  const asOwner = async (sql: string) => {
    await owner.query(
      `ALTER TABLE audit_entry NO FORCE ROW LEVEL SECURITY; ALTER TABLE audit_head NO FORCE ROW LEVEL SECURITY`,
    )
    await owner.query(sql)
    await owner.query(
      `ALTER TABLE audit_entry FORCE ROW LEVEL SECURITY; ALTER TABLE audit_head FORCE ROW LEVEL SECURITY`,
    )
  }
  const brokenAt = async () => {
    const [row] = await db.$queryRaw<{ at: bigint | null }[]>`select audit_break() as at`
    return row!.at === null ? null : Number(row!.at)
  }
  const positions = async () =>
    (await db.auditEntry.findMany({ orderBy: { position: 'asc' } })).map(({ position }) => Number(position))
  try {
    await db.transact(async tx => {
      await tx.$executeRaw`select set_config('app.actor', '{"userId":"x"}', true)`
      for (const name of ['a', 'b', 'c', 'd'])
        await tx.$executeRaw`select append_audit('CREATE', 'FLOW', ${name}, null, null, null)`
    })
    // Two of them are of 31 days ago, with hashes as if they had been written then.
    await asOwner(`DO $$ DECLARE e audit_entry; BEGIN
      FOR e IN SELECT * FROM audit_entry ORDER BY position LOOP
        IF e.position <= 2 THEN e.at := e.at - interval '31 days'; END IF;
        e.previous := coalesce((SELECT hash FROM audit_entry WHERE position = e.position - 1), '');
        e.hash := audit_digest(e);
        UPDATE audit_entry SET at = e.at, previous = e.previous, hash = e.hash WHERE position = e.position;
      END LOOP;
      UPDATE audit_head SET hash = (SELECT hash FROM audit_entry WHERE position = 4); END $$`)
    expect(await brokenAt()).toBeNull()
    await chores(4)
    expect(await positions()).toEqual([3, 4])
    expect(await brokenAt()).toBeNull()
    await asOwner('DELETE FROM audit_entry WHERE position = 3; UPDATE audit_head SET since = 4')
    expect(await brokenAt()).toBe(4)
  } finally {
    await owner.end()
  }
})

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import purgeExecutions from '#catalog/plugins/core/execution/purge-executions/plugin'
import runPurgeExecutions from '#catalog/plugins/core/execution/purge-executions/run'
import purgeLogs from '#catalog/plugins/core/log/purge-logs/plugin'
import runPurgeLogs from '#catalog/plugins/core/log/purge-logs/run'
import { createTestContext, runPlugin, type TestContext } from '#catalog/plugins/test-context'
import { executionFolder } from '#db/storage/uri'
import { type ScopedDb, tenantDb } from '#db/tenant-db'
import type { JsonObject } from '#language/json'
import { type FreshDatabase, freshDatabase } from '../../test/harness/database'
import { createKvStore } from './kv-store'
import { createPurge } from './purge'

let database: FreshDatabase
let ctx: TestContext
let db: ScopedDb
let other: ScopedDb

beforeAll(async () => {
  database = await freshDatabase()
  const { tenantId, otherTenantId } = database
  db = tenantDb(tenantId)
  other = tenantDb(otherTenantId)
  const base = await createTestContext()
  const { stored: storage, signal } = base
  ctx = { ...base, tenantId, purge: createPurge({ db, storage, tenantId, signal }) }
})

afterAll(async () => {
  await ctx?.close()
  await database?.drop()
})

const day = (date: number) => new Date(Date.UTC(2024, 0, date, 12))

/** id -> namespace, flow, state, day of January; each with two lines of log, a metric, a task run and a file. */
const executions = {
  done: ['company', 'a', 'SUCCESS', 1],
  failed: ['company.team', 'a', 'FAILED', 2],
  running: ['company.team', 'a', 'RUNNING', 2],
  paused: ['company.team', 'b', 'PAUSED', 2],
  late: ['company.team', 'b', 'SUCCESS', 20],
  similar: ['companyother', 'a', 'SUCCESS', 1],
  lined: ['my_team.etl', 'a', 'SUCCESS', 1],
} satisfies Record<string, [namespace: string, flowId: string, state: string, date: number]>

beforeEach(async () => {
  for (const [scope, tenantId] of [
    [db, database.tenantId],
    [other, database.otherTenantId],
  ] as const) {
    await scope.log.deleteMany({ where: { tenantId } })
    await scope.metric.deleteMany({ where: { tenantId } })
    await scope.execution.deleteMany({ where: { tenantId } })
    for (const [id, [namespace, flowId, state, date]] of Object.entries(executions)) {
      await scope.execution.create({
        data: { tenantId, id, namespace, flowId, flowRevision: 1, state, plan: {}, createdAt: day(date) },
      })
      const of = { tenantId, executionId: id, timestamp: day(date) }
      const lines = ['INFO', 'ERROR'].map((level, sequence) => ({ ...of, sequence, level, message: 'x' }))
      await scope.log.createMany({ data: lines.map(line => ({ ...line, namespace, flowId })) })
      const ref = { taskRunId: 't', attempt: 1, sequence: 0, taskId: 'task' }
      await scope.metric.create({ data: { ...of, ...ref, name: 'm', type: 'counter', value: 1 } })
      await scope.taskRun.create({
        data: { tenantId, executionId: id, id: 't', position: 0, taskId: 'task', state: 'SUCCESS' },
      })
      await ctx.stored.put(tenantId, `${executionFolder({ namespace, flowId, executionId: id })}/tasks/t/file`, 'x')
    }
  }
})

/** What of each kind is left, by execution. */
async function left(scope = db, tenantId = database.tenantId) {
  const files: string[] = []
  for await (const { path } of ctx.stored.list(tenantId, '')) files.push(path.split('/executions/')[1]!.split('/')[0]!)
  const idsOf = (rows: { executionId: string }[]) => [...new Set(rows.map(row => row.executionId))].sort()
  return {
    executions: (await scope.execution.findMany()).map(({ id }) => id).sort(),
    taskRuns: idsOf(await scope.taskRun.findMany()),
    logs: idsOf(await scope.log.findMany()),
    metrics: idsOf(await scope.metric.findMany()),
    files: files.sort(),
  }
}

const everything = Object.keys(executions).sort()
const without = (...ids: string[]) => everything.filter(id => !ids.includes(id))
const purge = (properties: JsonObject) =>
  runPlugin(purgeExecutions, runPurgeExecutions, ctx, { endDate: '2024-01-31T00:00:00Z', ...properties })

test.each([
  [{}, ['done', 'failed', 'late', 'lined', 'similar']],
  [{ batchSize: 1 }, ['done', 'failed', 'late', 'lined', 'similar']],
  [{ endDate: '2024-01-10T00:00:00.000000000Z' }, ['done', 'failed', 'lined', 'similar']],
  [{ startDate: '2024-01-10T00:00:00+01:00[Europe/Berlin]' }, ['late']],
  [{ namespace: 'company' }, ['done', 'failed', 'late']],
  [{ namespace: 'company', flowId: 'a' }, ['done']],
  [{ namespace: 'my_team' }, ['lined']],
  [{ namespace: 'com_any' }, []],
  [{ namespace: 'c%' }, []],
  [{ states: ['FAILED', 'RUNNING'] }, ['failed']],
  [{ states: ['RUNNING'] }, []],
] satisfies [JsonObject, string[]][])('executions: %j', async (properties, gone) => {
  const count = gone.length
  expect(await purge(properties)).toEqual({
    executionsCount: count,
    logsCount: 2 * count,
    metricsCount: count,
    storagesCount: count,
  })
  const rest = without(...gone)
  expect(await left()).toEqual({ executions: rest, taskRuns: rest, logs: rest, metrics: rest, files: rest })
  const { executions: ids, logs, files } = await left(other, database.otherTenantId)
  expect([ids, logs, files]).toEqual([everything, everything, everything])
})

test('parts that are not to be purged stay', async () => {
  const parts = { purgeExecution: false, purgeMetric: false, batchSize: 2 }
  expect(await purge(parts)).toEqual({ executionsCount: 0, logsCount: 10, metricsCount: 0, storagesCount: 5 })
  const rest = ['paused', 'running']
  expect(await left()).toEqual({
    executions: everything,
    taskRuns: everything,
    logs: rest,
    metrics: everything,
    files: rest,
  })
})

test.each([
  [{}, 14, []],
  [{ logLevels: ['ERROR'] }, 7, everything],
  [{ executionId: 'running' }, 2, without('running')],
  [{ namespace: 'company.team', flowId: 'b' }, 4, without('late', 'paused')],
  [{ namespace: 'company' }, 10, ['lined', 'similar']],
  [{ startDate: '2024-01-10T00:00:00Z' }, 2, without('late')],
  [{ endDate: '2024-01-02T00:00:00Z' }, 6, without('done', 'lined', 'similar')],
] satisfies [JsonObject, number, string[]][])('logs: %j', async (properties, count, logs) => {
  const given = { endDate: '2024-01-31T00:00:00Z', ...properties }
  expect(await runPlugin(purgeLogs, runPurgeLogs, ctx, given)).toEqual({ count })
  const rest = await left()
  expect(rest).toMatchObject({ executions: everything, logs })
  expect((await left(other, database.otherTenantId)).logs).toEqual(everything)
})

test('a flow needs its namespace', async () => {
  await expect(purge({ flowId: 'a' })).rejects.toThrow('flowId needs the namespace')
})

test('KV entries go page by page, and those that live only if asked for', async () => {
  const kv = createKvStore(db, database.tenantId, 'company.team')
  const others = createKvStore(other, database.otherTenantId, 'company.team')
  await others.set('old', 1, { ttlMs: 0 })
  const row = { tenantId: database.tenantId, type: 'NUMBER', value: 1 }
  const rows = Array.from({ length: 1200 }, (_, index) => ({
    ...row,
    namespace: `n${index % 3}`,
    key: `k${index}`,
    expiresAt: index < 1100 ? new Date(0) : null,
  }))
  await db.kvEntry.createMany({ data: rows })
  expect(await kv.purge(({ key }) => key !== 'k0', { expiredOnly: true })).toBe(1099)
  expect(await db.kvEntry.count()).toBe(101)
  expect(await kv.purge(({ namespace }) => namespace === 'n0', { expiredOnly: false })).toBe(34)
  expect(await db.kvEntry.count()).toBe(67)
  expect(await other.kvEntry.count()).toBe(1)
})

test('a prefix of KV keys means itself, underscores too', async () => {
  const kv = createKvStore(db, database.tenantId, 'company.prefixes')
  for (const key of ['a_b', 'axb', 'a_c']) await kv.set(key, 1)
  expect(await kv.keys('a_')).toEqual(['a_b', 'a_c'])
})

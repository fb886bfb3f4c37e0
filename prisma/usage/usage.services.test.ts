/** The ledger, and what asks it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../test/harness/database'
import { database } from '../client'
import { createExecutionRecorder, type ExecutionRecorder, type TaskRunRow } from '../record-execution'
import { type ScopedDb, tenantDb } from '../tenant-db'
import { foldUsage } from './fold-usage'
import { namespaceOf } from './measure-storage'
import { requireMemberRoom } from './member-room'
import { createStorageRoom } from './storage-room'

let fresh: FreshDatabase
let db: ScopedDb
let recorder: ExecutionRecorder

beforeAll(async () => {
  fresh = await freshDatabase()
  db = tenantDb(fresh.tenantId)
  recorder = createExecutionRecorder(fresh.url, { channel: 'test' })
})
afterAll(async () => {
  await recorder.close()
  await fresh.drop()
})

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString()

const run = (id: string, seconds: [number, number], more: Partial<TaskRunRow> = {}): TaskRunRow => ({
  id,
  position: 0,
  taskId: id,
  parentId: null,
  value: null,
  iteration: null,
  state: 'SUCCESS',
  histories: [],
  attempts: [],
  outputs: null,
  version: 1,
  startDate: at(seconds[0]),
  endDate: at(seconds[1]),
  ...more,
})

async function create(id: string, flowId = 'flow'): Promise<void> {
  const { tenantId } = fresh
  await db.execution.create({
    data: { tenantId, id, namespace: 'team', flowId, flowRevision: 1, state: 'RUNNING', plan: {} },
  })
}

async function record(id: string, state: string, version: number, taskRuns: TaskRunRow[] = [], flowId = 'flow') {
  const execution = { state, histories: [], outputs: null, variables: null, labels: [], error: null, version }
  const dates = { startDate: at(0), endDate: state === 'RUNNING' ? null : at(60) }
  const ref = { tenantId: fresh.tenantId, executionId: id, namespace: 'team', flowId }
  const changes = { taskRuns, removedTaskRuns: [], logs: [], metrics: [] }
  await recorder.record(ref, { ...changes, execution: { ...execution, ...dates } })
}

async function ledger(flowId: string) {
  await foldUsage(db)
  const { _sum } = await db.usageDay.aggregate({ where: { flowId }, _sum: { executions: true, taskMs: true } })
  return { executions: _sum.executions ?? 0, seconds: Number(_sum.taskMs ?? 0) / 1000 }
}

describe('the ledger', () => {
  test('counts an execution once at its end, and the time of its innermost task runs', async () => {
    await create('once')
    await record('once', 'RUNNING', 1)
    expect(await ledger('flow')).toEqual({ executions: 0, seconds: 0 })
    const taskRuns = [
      run('all', [0, 50]),
      run('a', [0, 20], { parentId: 'all' }),
      run('b', [20, 50], { parentId: 'all' }),
    ]
    await record('once', 'SUCCESS', 2, taskRuns)
    await record('once', 'SUCCESS', 2, taskRuns)
    await record('once', 'SUCCESS', 3, taskRuns)
    expect(await ledger('flow')).toEqual({ executions: 1, seconds: 50 })
  })

  test('a restart is no second execution, and adds the time of what ran again', async () => {
    await create('again', 'restarted')
    await record('again', 'FAILED', 1, [run('a', [0, 5])], 'restarted')
    expect(await ledger('restarted')).toEqual({ executions: 1, seconds: 5 })
    await record('again', 'RESTARTED', 2, [], 'restarted')
    const soon = Date.now() + 3_600_000
    const later = { startDate: new Date(soon).toISOString(), endDate: new Date(soon + 7000).toISOString() }
    await record('again', 'SUCCESS', 3, [run('b', [0, 0], later)], 'restarted')
    expect(await ledger('restarted')).toEqual({ executions: 1, seconds: 12 })
  })

  test('its sum is that of the executions that ended, whoever records and folds at once, however often', async () => {
    const ids = Array.from({ length: 30 }, (_, index) => `many${index}`)
    for (const id of ids) await create(id, 'many')
    const ends = ids.filter((_, index) => index % 3 !== 0)
    await Promise.all(
      ends.flatMap(id => [record(id, 'SUCCESS', 5, [], 'many'), record(id, 'FAILED', 4, [], 'many'), foldUsage(db)]),
    )
    await Promise.all(ends.map(id => record(id, 'SUCCESS', 6, [], 'many')))
    expect((await ledger('many')).executions).toBe(ends.length)
    const ended = await db.execution.count({ where: { state: { in: ['SUCCESS', 'FAILED'] } } })
    // Of all months: another may have begun since the first of them ended.
    expect(await db.usageMonth.aggregate({ _sum: { executions: true } })).toEqual({ _sum: { executions: ended } })
    expect(await db.usageEvent.count()).toBe(0)
    expect(await tenantDb(fresh.otherTenantId).usageDay.count()).toBe(0)
  })
})

describe('a plan with a limit', () => {
  const setPlan = (plan: string) => database().tenant.update({ where: { id: fresh.tenantId }, data: { plan } })

  test('has room for its members, programs apart', async () => {
    const room = () => db.transact(tx => requireMemberRoom(tx, fresh.tenantId))
    const join = async (name: string, serviceOf?: string) => {
      const user = await database().user.create({ data: { email: `${name}@example.com`, passwordHash: '', serviceOf } })
      await db.membership.create({ data: { tenantId: fresh.tenantId, userId: user.id } })
    }
    await setPlan('FREE')
    for (const name of ['robot', 'robot2', 'robot3']) await join(name, fresh.tenantId)
    await join('second')
    await room()
    await join('third')
    await expect(room()).rejects.toThrow(
      'The plan FREE is for 3 members, and the tenant has 3. Remove a member, or have an owner change the plan',
    )
    await setPlan('TEAM')
    await room()
  })

  test('has room for its files', async () => {
    const [{ tenantId }, gibibyte] = [fresh, 1024 ** 3]
    await setPlan('FREE')
    await db.usageStorage.create({ data: { tenantId, namespace: 'a', bytes: gibibyte - 10, files: 1 } })
    const room = createStorageRoom()
    await room.require(db, tenantId)
    room.add(tenantId, 10)
    await expect(room.require(db, tenantId)).rejects.toThrow('keeps 1 GiB of files, and 1 GiB are used. Delete')
    await setPlan('SCALE')
    await createStorageRoom().require(db, tenantId)
  })
})

test.each([
  ['company/team/flow/executions/1/tasks/a/1/file', 'company.team'],
  ['company/team/_files/executions/a/b.txt', 'company.team'],
  ['company/_cache/python/x', 'company'],
  ['company/flow/task/cache/data', 'company'],
  ['odd/file', 'odd'],
])('%s counts for %s', (path, namespace) => {
  expect(namespaceOf(path)).toBe(namespace)
})

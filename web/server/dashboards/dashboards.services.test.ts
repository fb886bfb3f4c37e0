/** What dashboards tell of executions, folded into slots or not. */
import { readFile } from 'node:fs/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { database } from '#db/client'
import { createExecutionRecorder, type ExecutionRecorder } from '#db/record-execution'
import { tenantDb } from '#db/tenant-db'
import { foldStatistics } from '#db/usage/fold-statistics'
import { type FreshDatabase, freshDatabase } from '../../../test/harness/database'
import type { Scope } from '../access/tenant-scope'
import { scopeOf } from '../testing/owner-scope'
import { type DashboardRange, dashboardRanges } from './dashboard'
import { listUpcoming } from './list-upcoming'
import { readDashboard } from './read-dashboard'

let fresh: FreshDatabase
let scope: Scope
let recorder: ExecutionRecorder

const nowMs = Date.now()
const minuteMs = 60_000
const ago = (minutes: number) => new Date(nowMs - minutes * minuteMs)

beforeAll(async () => {
  fresh = await freshDatabase()
  scope = scopeOf({ tenantId: fresh.tenantId, tenant: 'acme', userId: fresh.userId })
  recorder = createExecutionRecorder(fresh.url, { channel: 'test' })
})
afterAll(async () => {
  await recorder.close()
  await fresh.drop()
})

type Made = { namespace?: string; flowId?: string; minutes?: number; tenantId?: string; kind?: string }

async function create(id: string, { namespace = 'company.team', flowId = 'etl', minutes = 5, tenantId, kind }: Made) {
  const tenant = tenantId ?? fresh.tenantId
  const data = { tenantId: tenant, id, namespace, flowId, flowRevision: 1, state: 'RUNNING', plan: {}, kind }
  await tenantDb(tenant).execution.create({ data: { ...data, createdAt: ago(minutes) } })
}

let version = 0

async function end(id: string, state: string, seconds: number, made: Made = {}) {
  const { namespace = 'company.team', flowId = 'etl', minutes = 5, tenantId = fresh.tenantId } = made
  const [start, isOver] = [ago(minutes), state !== 'RUNNING']
  const execution = { state, histories: [], outputs: null, variables: null, labels: [], error: null }
  version += 1
  await recorder.record(
    { tenantId, executionId: id, namespace, flowId },
    {
      ...{ taskRuns: [], removedTaskRuns: [], logs: [], metrics: [] },
      execution: {
        ...execution,
        version,
        startDate: start.toISOString(),
        endDate: isOver ? new Date(start.getTime() + seconds * 1000).toISOString() : null,
      },
    },
  )
}

async function run(id: string, state: string, seconds: number, made: Made = {}) {
  await create(id, made)
  await end(id, state, seconds, made)
}

const read = (of: Partial<Parameters<typeof readDashboard>[1]> = {}, by = scope) =>
  readDashboard(by, { within: '24h', ...of }, nowMs)

describe('in every range', () => {
  beforeAll(async () => {
    await run('s1', 'SUCCESS', 3)
    await run('s2', 'SUCCESS', 3)
    await run('w1', 'WARNING', 3)
    await run('f1', 'FAILED', 60, { flowId: 'broken' })
    await run('f2', 'FAILED', 60, { flowId: 'broken', namespace: 'company.other' })
    await create('r1', {})
    await run('played', 'FAILED', 1, { kind: 'PLAYGROUND' })
    await run('theirs', 'FAILED', 1, { tenantId: fresh.otherTenantId })
    await run('old', 'FAILED', 1, { minutes: 60 * 24 * 40 })
  })

  const found = (within: DashboardRange) => read({ within })

  async function expectAll() {
    for (const within of dashboardRanges) {
      const dashboard = await found(within)
      expect(dashboard.states, within).toEqual({ SUCCESS: 2, WARNING: 1, FAILED: 2, RUNNING: 1 })
      expect(dashboard.open, within).toEqual({ RUNNING: 1 })
      expect(dashboard.p50Ms! / 3000, within).toBeCloseTo(1, 0)
      expect(Math.abs(dashboard.p95Ms! - 60_000) / 60_000, within).toBeLessThan(0.1)
      expect(dashboard.flows, within).toEqual([
        { namespace: 'company.other', flowId: 'broken', executions: 1, failed: 1 },
        { namespace: 'company.team', flowId: 'broken', executions: 1, failed: 1 },
        { namespace: 'company.team', flowId: 'etl', executions: 3, failed: 0 },
      ])
      const filled = dashboard.bars.filter(({ states }) => Object.keys(states).length > 0)
      expect(filled, within).toHaveLength(1)
      const at = Date.parse(filled[0]!.at)
      expect(at <= ago(5).getTime() && ago(5).getTime() < at + dashboard.stepMs, within).toBe(true)
    }
  }

  test('before anything is folded', expectAll)

  test('the same once it is, twice, by two at once', async () => {
    await Promise.all([foldStatistics(scope.db), foldStatistics(scope.db)])
    await foldStatistics(scope.db)
    expect(await scope.db.executionEnd.count({ where: { tenantId: fresh.tenantId } })).toBe(0)
    await expectAll()
  })

  test('of a namespace, of a flow, and within the reach of who asks', async () => {
    expect((await read({ namespace: 'company' })).states).toMatchObject({ FAILED: 2 })
    expect((await read({ namespace: 'company.other' })).states).toEqual({ FAILED: 1 })
    expect((await read({ namespace: 'comp' })).states).toEqual({})
    for (const namespace of ['company.team', 'company', undefined]) {
      expect((await read({ namespace, flowId: 'etl' })).states).toEqual({ SUCCESS: 2, WARNING: 1, RUNNING: 1 })
    }
    for (const [namespaces, states] of [
      [['company.other'], { FAILED: 1 }],
      [['company.oth'], {}],
      [['company'], { SUCCESS: 2, WARNING: 1, FAILED: 2, RUNNING: 1 }],
      [['company.other', 'company.team', 'company.team.below'], { SUCCESS: 2, WARNING: 1, FAILED: 2, RUNNING: 1 }],
    ] as const) {
      const db = tenantDb(fresh.tenantId, database(), { namespaces })
      for (const within of dashboardRanges) {
        for (const namespace of [undefined, 'company'])
          expect((await read({ within, namespace }, { ...scope, db })).states, `${namespaces} ${within}`).toEqual(
            states,
          )
      }
    }
  })

  test('what was folded before there were sums is in them', async () => {
    const owner = new pg.Client({ connectionString: fresh.url })
    await owner.connect()
    try {
      const sums = async () => {
        const ofNamespaces = await owner.query('select * from namespace_stat order by 1, 2, 3, 4, 5, 6')
        const ofFlows = await owner.query('select * from flow_stat order by 1, 2, 3, 4, 5')
        return [...ofNamespaces.rows, ...ofFlows.rows]
      }
      // The owner sees all rows only where policies don't bind it.
      await owner.query(
        'alter table namespace_stat no force row level security; alter table flow_stat no force row level security',
      )
      const folded = await sums()
      expect(folded.length).toBeGreaterThan(0)
      await owner.query('truncate namespace_stat, flow_stat')
      const file = new URL('../../../prisma/migrations/0120_dashboard_sums/migration.sql', import.meta.url)
      const filling = (await readFile(file, 'utf8')).split('-- What was folded so far.')[1]
      await owner.query(`-- ${filling}`)
      await owner.query(
        'alter table namespace_stat no force row level security; alter table flow_stat no force row level security',
      )
      expect(await sums()).toEqual(folded)
      await owner.query(
        'alter table namespace_stat force row level security; alter table flow_stat force row level security',
      )
    } finally {
      await owner.end()
    }
  })

  test('an execution that goes on after its end counts once, as what it came to', async () => {
    await end('f2', 'RUNNING', 0, { flowId: 'broken', namespace: 'company.other' })
    expect((await read({ namespace: 'company.other' })).states).toEqual({ RUNNING: 1 })
    await end('f2', 'SUCCESS', 3, { flowId: 'broken', namespace: 'company.other' })
    expect((await read({ namespace: 'company.other' })).states).toEqual({ SUCCESS: 1 })
    await foldStatistics(scope.db)
    const { states, flows, p95Ms } = await read({ namespace: 'company.other' })
    expect({ states, flows }).toEqual({
      states: { SUCCESS: 1 },
      flows: [{ namespace: 'company.other', flowId: 'broken', executions: 1, failed: 0 }],
    })
    expect(Math.abs(p95Ms! - 3000) / 3000).toBeLessThan(0.1)
  })

  test('what is deleted stays counted', async () => {
    await scope.db.execution.delete({ where: { tenantId_id: { tenantId: fresh.tenantId, id: 's2' } } })
    expect((await read()).states).toMatchObject({ SUCCESS: 3 })
  })
})

test('schedules that are due next, of flows and triggers that are enabled', async () => {
  const { tenantId } = fresh
  const namespace = 'company.team'
  const flow = { tenantId, namespace, revision: 1 }
  await scope.db.flow.createMany({
    data: [
      { ...flow, id: 'on' },
      { ...flow, id: 'off', disabled: true },
    ],
  })
  const trigger = { tenantId, namespace, flowId: 'on', type: 'Schedule', kind: 'schedule', definition: {} }
  await scope.db.trigger.createMany({
    data: [
      { ...trigger, triggerId: 'later', nextDate: ago(-60) },
      { ...trigger, triggerId: 'soon', nextDate: ago(-1) },
      { ...trigger, triggerId: 'never' },
      { ...trigger, triggerId: 'stopped', nextDate: ago(-1), disabled: true },
      { ...trigger, triggerId: 'off-in-text', nextDate: ago(-1), definition: { disabled: true } },
      { ...trigger, triggerId: 'of-flow-off', flowId: 'off', nextDate: ago(-1) },
    ],
  })
  const names = async (of = {}) => (await listUpcoming(scope, of)).map(({ triggerId }) => triggerId)
  expect(await names()).toEqual(['soon', 'later'])
  expect(await names({ namespace: 'company', flowId: 'on' })).toEqual(['soon', 'later'])
  expect(await names({ namespace: 'elsewhere' })).toEqual([])
})

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { Env } from '#infra/env'
import { type FreshDatabase, freshDatabase } from '../test/harness/database'
import { Engine, type RecordedExecution } from '../test/harness/engine'
import { testMasterKey } from '../test/harness/master-key'
import { freshNamespace } from '../test/harness/namespace'
import { flowQueue, groupQueue, taskQueue } from './contract'
import { parsePolicyFile } from './runner-policy/read-policy-file'
import { type RunningWorker, startWorker, type WorkerEnv } from './start-worker'
import { openExecution } from './starts'
import { defaultOf } from './starts/default-workers'

let database: FreshDatabase
let folder: string
let policy: string
let engine: Engine
/** Of the tenant `other`. */
let otherEngine: Engine
let startOf: (group: string, env?: Partial<WorkerEnv>) => Promise<RunningWorker>
const workers: RunningWorker[] = []

beforeAll(async () => {
  database = await freshDatabase()
  folder = await mkdtemp(join(tmpdir(), 'millrace-groups-'))
  policy = join(folder, 'policy.yaml')
  await writeFile(
    policy,
    `workerGroups:
  gpu: {tags: [cuda], tenants: [acme]}
  late: {tenants: [acme]}
  empty: {tags: [cuda, rare], all: true}
plans:
  TEAM: {workerGroup: gpu}
tenants:
  other: {workerGroup: {key: empty, fallback: FAIL}}
`,
  )
  const { address: temporalAddress, namespace } = await freshNamespace()
  const options = { databaseUrl: database.url, tenantId: database.tenantId, temporalAddress, namespace }
  engine = await Engine.start({ ...options, env: { MILLRACE_RUNNER_POLICY: policy } })
  otherEngine = await Engine.attach({ ...options, tenantId: database.otherTenantId })
  startOf = async (group, env = {}) => {
    const worker = await startWorker({
      ...Env.parse({ MILLRACE_WORKER_GROUP: group, MILLRACE_LOG_LEVEL: 'warn', MILLRACE_MASTER_KEY: testMasterKey }),
      DATABASE_URL: database.url,
      TEMPORAL_ADDRESS: temporalAddress,
      TEMPORAL_NAMESPACE: namespace,
      STORAGE_URL: process.env.STORAGE_URL!,
      ...env,
    })
    workers.push(worker)
    return worker
  }
  await startOf('gpu')
  // A group counts as there once the server has been asked for its work.
  await vi.waitUntil(() => isPolled(namespace, groupQueue('gpu'), 2), { timeout: 60_000, interval: 100 })
})

afterAll(async () => {
  for (const worker of workers) worker.stop()
  await Promise.all(workers.map(worker => worker.stopped))
  await otherEngine?.stop()
  await engine?.stop()
  await database?.drop()
  await rm(folder, { recursive: true, force: true })
})

/** Whether anybody asks a queue for workflows (1) or activities (2). */
async function isPolled(namespace: string, name: string, taskQueueType: 1 | 2): Promise<boolean> {
  const described = { namespace, taskQueue: { name }, taskQueueType }
  return (await engine.client.workflowService.describeTaskQueue(described)).pollers.length > 0
}

const core = 'io.kestra.plugin.core'
const work = (id: string, more = '') =>
  `{id: ${id}, type: ${core}.storage.Write, content: x${more === '' ? '' : `, ${more}`}}`
const flow = (tasks: string[], more = '') =>
  `id: groups\nnamespace: company.team\n${more}tasks:\n${tasks.map(task => `  - ${task}\n`).join('')}`

/** The task queue of each activity that Temporal was asked for, in order. */
async function queuesOf(id: string, from = engine): Promise<string[]> {
  const { events } = await from.handle(id).fetchHistory()
  return (events ?? []).flatMap(({ activityTaskScheduledEventAttributes: scheduled }) =>
    scheduled ? [scheduled.taskQueue?.name ?? ''] : [],
  )
}

function outcome({ state, taskRuns, logs }: RecordedExecution) {
  return {
    state,
    runs: taskRuns.map(run => `${run.taskId} ${run.state}`),
    logs: logs.filter(({ level }) => level !== 'DEBUG').map(({ level, message }) => `${level} ${message}`),
  }
}

const notThere = (group: string, what: string) => `No worker of the group '${group}' is there; ${what}`

describe('a task is run by the workers that it asks for', () => {
  test.concurrent.each<[name: string, text: string, expected: string[]]>([
    ['none of its own', flow([work('a')]), ['millrace-tasks']],
    ['a group', flow([work('a', 'workerGroup: {key: gpu}'), work('b')]), ['millrace-tasks/gpu', 'millrace-tasks']],
    ["the flow's", flow([work('a')], 'workerGroup: {key: gpu}\n'), ['millrace-tasks/gpu']],
    [
      'a rendered key',
      flow([work('a', `workerGroup: {key: "{{ vars.g }}"}`)], 'variables: {g: gpu}\n'),
      ['millrace-tasks/gpu'],
    ],
    ['a key that comes to nothing', flow([work('a', `workerGroup: {key: "{{ vars.g ?? '' }}"}`)]), ['millrace-tasks']],
    ['tags', flow([work('a', 'workerSelector: {tags: [gpu, cuda]}')]), ['millrace-tasks/gpu']],
    [
      'of several groups one with a worker',
      flow([work('a', 'workerSelector: {tags: [rare, gpu], match: ANY}')]),
      ['millrace-tasks/gpu'],
    ],
    [
      'others, where they may be',
      flow([work('a', 'workerSelector: {tags: [rare], fallback: IGNORE}')]),
      ['millrace-tasks'],
    ],
    [
      'in one folder',
      flow([
        `{id: w, type: ${core}.flow.WorkingDirectory, workerGroup: {key: gpu}, tasks: [${work('a')}, ${work('b')}]}`,
      ]),
      ['millrace-tasks/gpu'],
    ],
  ])('%s', async (_name, text, expected) => {
    const execution = await engine.run(text)
    expect(outcome(execution)).toMatchObject({ state: 'SUCCESS' })
    expect(await queuesOf(execution.id)).toEqual(expected)
  })

  test('others may follow on other workers, and its history replays', async () => {
    const folderOf = (tasks: string) =>
      `{id: w, type: ${core}.flow.WorkingDirectory, workerGroup: {key: gpu}, tasks: [${tasks}]}`
    const execution = await engine.run(
      flow([
        work('a', 'workerGroup: {key: gpu}'),
        folderOf(work('b')),
        work('c', 'workerSelector: {tags: [rare], fallback: IGNORE}'),
        work('d', 'workerSelector: {tags: [rare]}, allowFailure: true'),
        work('e', 'workerGroup: {key: empty, fallback: CANCEL}'),
        work('f'),
      ]),
    )
    expect(outcome(execution)).toMatchObject({
      state: 'KILLED',
      runs: ['a SUCCESS', 'w SUCCESS', 'b SUCCESS', 'c SUCCESS', 'd WARNING', 'e CANCELLED'],
    })
    expect(await queuesOf(execution.id)).toEqual(['millrace-tasks/gpu', 'millrace-tasks/gpu', 'millrace-tasks'])
    // What `workflows/replay.test.ts` replays.
    if (process.env.RECORD_HISTORIES === undefined) return
    const file = join(import.meta.dirname, 'workflows/histories/worker-groups.json')
    await writeFile(file, `${JSON.stringify(await engine.handle(execution.id).fetchHistory())}\n`)
  })
})

describe('the workers of tasks that ask for none', () => {
  test("are those that the operator's file names for the tenant", async () => {
    process.env.MILLRACE_RUNNER_POLICY = policy
    const tenantId = database.otherTenantId
    const { plan } = otherEngine.parse(flow([work('a')]))
    const id = `default-${Date.now()}`
    const input = {
      tenantId,
      executionId: id,
      plan,
      inputs: {},
      labels: [],
      originalId: id,
      createdAtMs: Date.now(),
      attempt: 1,
    }
    const world = { db: otherEngine.db, client: otherEngine.client, report: console.error }
    const opened = await openExecution(world, { input })
    await opened.begin()
    await otherEngine.result(id)
    delete process.env.MILLRACE_RUNNER_POLICY
    expect(outcome(await otherEngine.read(id))).toEqual({
      state: 'FAILED',
      runs: ['a FAILED'],
      logs: [`ERROR ${notThere('empty', 'by its fallback FAIL the task does not wait for one')}`],
    })
  })

  const file = parsePolicyFile(
    'policy.yaml',
    'all: {workerGroup: all}\nplans: {TEAM: {workerGroup: team}, SCALE: {}}\ntenants: {acme: {workerGroup: {key: own, fallback: CANCEL}}}',
  )
  test.each([
    [
      { slug: 'acme', plan: 'TEAM' },
      { from: 'tenant', key: { raw: 'own' }, fallback: 'CANCEL' },
    ],
    [
      { slug: 'x', plan: 'TEAM' },
      { from: 'tenant', key: { raw: 'team' }, fallback: 'WAIT' },
    ],
    [
      { slug: 'x', plan: 'SCALE' },
      { from: 'tenant', key: { raw: 'all' }, fallback: 'WAIT' },
    ],
    [
      { slug: 'constructor', plan: 'FREE' },
      { from: 'tenant', key: { raw: 'all' }, fallback: 'WAIT' },
    ],
  ])('%j', (tenant, expected) => expect(defaultOf(file, tenant)).toEqual(expected))
})

describe('a worker of a group', () => {
  test('takes nothing but the tasks of its group', async () => {
    const { address, namespace } = await freshNamespace()
    await startOf('gpu', { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace })
    const polled = (name: string, taskQueueType: 1 | 2) => isPolled(namespace, name, taskQueueType)
    await vi.waitUntil(() => polled(groupQueue('gpu'), 2), { timeout: 60_000, interval: 200 })
    for (const queue of [flowQueue, taskQueue, groupQueue('gpu')]) expect(await polled(queue, 1)).toBe(false)
    expect(await polled(taskQueue, 2)).toBe(false)
  })
})

describe('where no worker of the group is there', () => {
  test('WAIT: the task waits, says so, and goes on with the first one', async () => {
    const id = await engine.startExecution(flow([work('a', 'workerGroup: {key: late}')]))
    await engine.waitForLog(id, notThere('late', 'the task waits for one'))
    await engine.waitForTaskState(id, 'a', 'CREATED')
    expect((await engine.read(id)).state).toBe('RUNNING')
    await startOf('late')
    await engine.result(id)
    expect(outcome(await engine.read(id))).toEqual({
      state: 'SUCCESS',
      runs: ['a SUCCESS'],
      logs: [`INFO ${notThere('late', 'the task waits for one')}`],
    })
  })

  test('a task that waits can be killed', async () => {
    const id = await engine.startExecution(flow([work('a', 'workerGroup: {key: empty}')]))
    await engine.waitForLog(id, notThere('empty', 'the task waits for one'))
    await engine.handle(id).signal('kill')
    await engine.result(id)
    expect(outcome(await engine.read(id))).toMatchObject({ state: 'KILLED', runs: ['a KILLED'] })
  })

  test.concurrent.each<[fallback: string, task: string, state: string, runs: string[], logs: string[]]>([
    [
      'FAIL',
      work('a', 'workerGroup: {key: empty, fallback: FAIL}'),
      'FAILED',
      ['a FAILED'],
      [`ERROR ${notThere('empty', 'by its fallback FAIL the task does not wait for one')}`],
    ],
    [
      'the default of a selector',
      work('a', 'workerSelector: {tags: [rare]}, allowFailure: true'),
      'WARNING',
      ['a WARNING', 'b SUCCESS'],
      [`ERROR ${notThere('empty', 'by its fallback FAIL the task does not wait for one')}`],
    ],
    [
      'CANCEL',
      work('a', 'workerGroup: {key: empty, fallback: CANCEL}'),
      'KILLED',
      ['a CANCELLED'],
      [`INFO ${notThere('empty', 'the task is cancelled')}`],
    ],
    [
      'CANCEL of tasks in one folder',
      `{id: w, type: ${core}.flow.WorkingDirectory, workerGroup: {key: empty, fallback: CANCEL}, tasks: [${work('a')}]}`,
      'KILLED',
      ['w CANCELLED'],
      [`INFO ${notThere('empty', 'the task is cancelled')}`],
    ],
  ])('%s', async (_fallback, task, state, runs, logs) => {
    expect(outcome(await engine.run(flow([task, work('b')])))).toEqual({ state, runs, logs })
  })
})

describe('a group that a tenant may not use is none', () => {
  const nextStep =
    'Name one that the tenant may use, or ask the operator to list it under workerGroups in the file MILLRACE_RUNNER_POLICY'
  test.concurrent.each<[name: string, more: string, message: string]>([
    ["another's", 'workerGroup: {key: gpu}', "There is no worker group 'gpu' for this tenant, as the workerGroup"],
    ['unknown', 'workerGroup: {key: none}', "There is no worker group 'none' for this tenant, as the workerGroup"],
    [
      "another's by tags",
      'workerSelector: {tags: [gpu], fallback: IGNORE}',
      "There is no worker group for this tenant with all of the tags 'gpu', as the workerSelector",
    ],
  ])('%s', async (_name, more, message) => {
    const execution = await otherEngine.run(flow([work('a', more)]))
    expect(outcome(execution)).toEqual({
      state: 'FAILED',
      runs: ['a FAILED'],
      logs: [`ERROR ${message} of the task 'a' (line 4) asks. ${nextStep}`],
    })
    expect(await queuesOf(execution.id, otherEngine)).toEqual([])
  })
})

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../../test/harness/database'
import { Engine, type RecordedExecution } from '../../../test/harness/engine'
import { freshNamespace } from '../../../test/harness/namespace'
import { recordContinued } from '../../../test/harness/record-histories'

let database: FreshDatabase
let engine: Engine

beforeAll(async () => {
  database = await freshDatabase()
  const { address, namespace } = await freshNamespace()
  const { url: databaseUrl, tenantId } = database
  engine = await Engine.start({ databaseUrl, tenantId, temporalAddress: address, namespace })
})

afterAll(async () => {
  await engine?.stop()
  await database?.drop()
})

const core = 'io.kestra.plugin.core'

/** Needs an activity, quickly. */
const touch = (id: string, value = 'x') => ({
  id,
  type: `${core}.debug.Return`,
  format: `{{ fileExists('nothing.txt') }} ${value}`,
})
const returns = (id: string, format: string) => ({ id, type: `${core}.debug.Return`, format })
const range = (count: number) => Array.from({ length: count }, (_, index) => index)

function flow(id: string, tasks: object[], more: object = {}): string {
  return JSON.stringify({ id, namespace: 'company.team', tasks, ...more })
}

/** So few that each construct crosses the boundary several times. */
const continueLimits = { events: 60 }

/** How many runs of the workflow an execution took. */
async function countRuns(executionId: string): Promise<number> {
  const { workflowId } = engine.handle(executionId)
  let runs = 0
  for await (const _run of engine.client.workflow.list({ query: `WorkflowId = '${workflowId}'` })) runs += 1
  return runs
}

/** The list of workflows follows them with a delay. */
async function expectRuns(executionId: string, least: number): Promise<void> {
  const isThere = async () => expect(await countRuns(executionId)).toBeGreaterThanOrEqual(least)
  await vi.waitFor(isThere, { timeout: 20_000, interval: 200 })
}

async function run(source: string): Promise<RecordedExecution> {
  const id = await engine.startExecution(source, { continueLimits })
  await engine.result(id)
  return engine.read(id)
}

function statesOf({ taskRuns }: RecordedExecution): Record<string, Record<string, number>> {
  const counts: Record<string, Record<string, number>> = {}
  for (const { taskId, state } of taskRuns) {
    counts[taskId] ??= {}
    counts[taskId][state] = (counts[taskId][state] ?? 0) + 1
  }
  return counts
}

const cases: {
  name: string
  source: string
  state?: string
  states: object
  outputs?: Record<string, object>
  runs?: number
}[] = [
  {
    name: 'sequential',
    source: flow('sequential', [
      { id: 'group', type: `${core}.flow.Sequential`, tasks: range(60).map(n => touch(`t${n}`)) },
      returns('end', '{{ outputs.t3.value }}'),
    ]),
    states: { group: { SUCCESS: 1 }, t0: { SUCCESS: 1 }, t59: { SUCCESS: 1 }, end: { SUCCESS: 1 } },
    outputs: { end: { value: 'false x' } },
  },
  {
    name: 'for-each',
    source: flow('for-each', [
      {
        id: 'each',
        type: `${core}.flow.ForEach`,
        values: range(60),
        concurrencyLimit: 4,
        tasks: [touch('a', '{{ taskrun.value }}'), returns('b', '{{ outputs.a[taskrun.value].value }}')],
      },
      returns('end', "{{ outputs.a['7'].value }} {{ outputs.b | length }}"),
    ]),
    states: { each: { SUCCESS: 1 }, a: { SUCCESS: 60 }, b: { SUCCESS: 60 }, end: { SUCCESS: 1 } },
    outputs: { end: { value: 'false 7 60' } },
  },
  {
    name: 'each-parallel',
    source: flow('each-parallel', [
      { id: 'each', type: `${core}.flow.EachParallel`, value: range(80), tasks: [touch('a'), touch('b')] },
    ]),
    states: { each: { SUCCESS: 1 }, a: { SUCCESS: 80 }, b: { SUCCESS: 80 } },
    // All begin at once, before the history is full.
    runs: 1,
  },
  {
    name: 'nested',
    source: flow('nested', [
      {
        id: 'outer',
        type: `${core}.flow.ForEach`,
        values: range(6),
        concurrencyLimit: 2,
        tasks: [
          {
            id: 'inner',
            type: `${core}.flow.ForEach`,
            values: range(10),
            tasks: [
              {
                id: 'choice',
                type: `${core}.flow.Switch`,
                value: '{{ taskrun.value }}',
                cases: { 3: [touch('three')] },
                defaults: [touch('other')],
              },
            ],
          },
        ],
      },
    ]),
    states: { outer: { SUCCESS: 1 }, inner: { SUCCESS: 6 }, choice: { SUCCESS: 60 } },
  },
  {
    name: 'loop',
    source: flow('loop', [
      {
        id: 'each',
        type: `${core}.flow.Loop`,
        values: range(60),
        concurrencyLimit: 3,
        tasks: [touch('a', '{{ item.value }}')],
        outputs: [{ id: 'text', type: 'STRING', value: '{{ outputs.a.value }}' }],
      },
      returns('end', '{{ outputs.each.outputs | length }} {{ outputs.each.outputs[59].outputs.text }}'),
    ]),
    states: { each: { SUCCESS: 1 }, a: { SUCCESS: 60 }, end: { SUCCESS: 1 } },
    outputs: { end: { value: '60 false 59' } },
  },
  {
    name: 'loop-until',
    source: flow('loop-until', [
      {
        id: 'until',
        type: `${core}.flow.LoopUntil`,
        condition: '{{ outputs.until.iterationCount >= 25 }}',
        checkFrequency: { interval: 'PT0.01S' },
        tasks: [
          touch('a'),
          { id: 'each', type: `${core}.flow.ForEach`, values: [1, 2, 3], tasks: [touch('b', '{{ taskrun.value }}')] },
        ],
      },
    ]),
    states: { until: { SUCCESS: 1 }, a: { SUCCESS: 1 }, each: { SUCCESS: 1 }, b: { SUCCESS: 3 } },
    outputs: { until: { iterationCount: 25 } },
  },
  {
    name: 'dag',
    source: flow('dag', [
      {
        id: 'dag',
        type: `${core}.flow.Dag`,
        tasks: range(60).map(n => ({ task: touch(`t${n}`), dependsOn: n % 6 === 0 ? [] : [`t${n - 1}`] })),
      },
    ]),
    states: { dag: { SUCCESS: 1 }, t0: { SUCCESS: 1 }, t59: { SUCCESS: 1 } },
  },
  {
    name: 'variables, labels, retries and sleeps',
    source: flow(
      'mixed',
      [
        { id: 'set', type: `${core}.execution.SetVariables`, variables: { n: '41' } },
        { id: 'label', type: `${core}.execution.Labels`, labels: { kept: 'yes' } },
        {
          id: 'all',
          type: `${core}.flow.Parallel`,
          tasks: [
            {
              id: 'fragile',
              type: `${core}.execution.Fail`,
              condition: '{{ taskrun.attemptsCount < 2 }}',
              retry: { type: 'constant', interval: 'PT1S', maxAttempts: 5 },
            },
            { id: 'sleep', type: `${core}.flow.Sleep`, duration: 'PT2S' },
            { id: 'each', type: `${core}.flow.ForEach`, values: range(50), tasks: [touch('a')] },
          ],
        },
        returns('end', '{{ vars.n }} {{ labels.kept }}'),
      ],
      { variables: {} },
    ),
    states: { fragile: { SUCCESS: 1 }, sleep: { SUCCESS: 1 }, a: { SUCCESS: 50 }, end: { SUCCESS: 1 } },
    outputs: { end: { value: '41 yes' } },
  },
  {
    name: 'errors and finally after a failure late in a loop',
    source: flow(
      'failing',
      [
        {
          id: 'each',
          type: `${core}.flow.ForEach`,
          values: range(60),
          tasks: [touch('a'), { id: 'fail', type: `${core}.execution.Fail`, runIf: "{{ taskrun.value == '50' }}" }],
          errors: range(25).map(n => touch(`error${n}`)),
        },
        returns('never', 'x'),
      ],
      { errors: [touch('handler')], finally: range(25).map(n => touch(`last${n}`)) },
    ),
    state: 'FAILED',
    states: {
      each: { FAILED: 1 },
      a: { SUCCESS: 51 },
      fail: { SKIPPED: 50, FAILED: 1 },
      error24: { SUCCESS: 1 },
      handler: { SUCCESS: 1 },
      last24: { SUCCESS: 1 },
    },
  },
]

/** Those whose histories are recorded, where that is asked for. */
const recorded = ['for-each', 'nested', 'loop', 'dag']

describe('each construct goes on in a fresh history as if nothing had been', () => {
  test.concurrent.each(cases.map(flowCase => [flowCase.name, flowCase] as const))(
    '%s',
    async (name, { source, state = 'SUCCESS', states, outputs = {}, runs = 3 }) => {
      const execution = await run(source)
      expect(execution.logs.filter(({ level }) => level === 'ERROR').map(({ message }) => message)).toEqual(
        state === 'FAILED'
          ? expect.anything()
          : execution.logs.filter(log => log.taskId === 'fragile' && log.level === 'ERROR').map(log => log.message),
      )
      expect(execution.state).toBe(state)
      expect(statesOf(execution)).toMatchObject(states)
      expect(execution.taskRuns.filter(({ state: of }) => ['CREATED', 'RUNNING', 'PAUSED'].includes(of))).toEqual([])
      for (const [task, expected] of Object.entries(outputs)) {
        expect(execution.taskRuns.findLast(({ taskId }) => taskId === task)?.outputs).toMatchObject(expected)
      }
      await expectRuns(execution.id, runs)
      if (recorded.includes(name)) await recordContinued(engine, name, execution.id)
    },
  )
})

describe('what comes from outside at the boundary is not lost', () => {
  const loop = (count: number) => ({
    id: 'each',
    type: `${core}.flow.ForEach`,
    values: range(count),
    tasks: [touch('a')],
  })
  const pause = { id: 'ask', type: `${core}.flow.Pause`, onResume: [{ id: 'n', type: 'INT' }] }
  const beside = (...tasks: object[]) => ({ id: 'all', type: `${core}.flow.Parallel`, tasks })

  async function untilLoopIsDone(executionId: string, count: number): Promise<void> {
    const where = { executionId, taskId: 'a', state: 'SUCCESS' }
    await expect.poll(() => engine.db.taskRun.count({ where }), { timeout: 40_000 }).toBe(count)
  }

  test('a Pause waits through several histories, and takes its answer', async () => {
    const source = flow('ask', [beside(pause, loop(60)), returns('end', '{{ outputs.ask.onResume.n }}')])
    const id = await engine.startExecution(source, { continueLimits })
    await untilLoopIsDone(id, 60)
    await expectRuns(id, 3)
    await engine.handle(id).executeUpdate('resume', { args: [{ inputs: { n: '7' } }] })
    await engine.result(id)
    const execution = await engine.read(id)
    expect(execution.state).toBe('SUCCESS')
    expect(execution.taskRuns.at(-1)?.outputs).toEqual({ value: '7' })
  })

  test('pauses and resumptions at any time are all followed', async () => {
    const id = await engine.startExecution(flow('often', [loop(80)]), { continueLimits })
    const handle = engine.handle(id)
    await engine.waitForTaskState(id, 'a', 'SUCCESS')
    for (let round = 0; round < 8; round++) {
      await handle.signal('pause')
      await handle.executeUpdate('resume', { args: [{}] })
    }
    await engine.result(id)
    const execution = await engine.read(id)
    expect(execution.state).toBe('SUCCESS')
    // One that comes and goes while the walk takes up its place is followed, yet not shown.
    expect(execution.states.filter(state => state === 'PAUSED').length).toBeGreaterThan(4)
    expect(statesOf(execution)).toEqual({ each: { SUCCESS: 1 }, a: { SUCCESS: 80 } })
  })

  test('kill reaches an execution that an earlier history started, and all that waits', async () => {
    await engine.saveFlow(flow('sleeper', [{ id: 'sleep', type: `${core}.flow.Sleep`, duration: 'PT5M' }]))
    const sub = { id: 'sub', type: `${core}.flow.Subflow`, namespace: 'company.team', flowId: 'sleeper' }
    const id = await engine.startExecution(flow('parent', [beside(pause, sub, loop(60))]), { continueLimits })
    await untilLoopIsDone(id, 60)
    await expectRuns(id, 3)
    await engine.handle(id).signal('kill')
    await engine.result(id)
    const execution = await engine.read(id)
    expect(execution.state).toBe('KILLED')
    expect(statesOf(execution)).toMatchObject({ ask: { KILLED: 1 }, sub: { KILLED: 1 }, all: { KILLED: 1 } })
    const children = await engine.db.execution.findMany({ where: { parentId: id } })
    expect(children.map(({ state }) => state)).toEqual(['KILLED'])
  })

  test('a subflow that an earlier history started hands its outputs back', async () => {
    const child = flow('child', [{ id: 'sleep', type: `${core}.flow.Sleep`, duration: 'PT4S' }], {
      outputs: [{ id: 'answer', type: 'INT', value: 42 }],
    })
    await engine.saveFlow(child)
    const sub = { id: 'sub', type: `${core}.flow.Subflow`, namespace: 'company.team', flowId: 'child' }
    const source = flow('parent', [beside(sub, loop(60)), returns('end', '{{ outputs.sub.outputs.answer }}')])
    const execution = await run(source)
    expect(execution.state).toBe('SUCCESS')
    expect(execution.taskRuns.at(-1)?.outputs).toEqual({ value: '42' })
    await expectRuns(execution.id, 3)
  })
})

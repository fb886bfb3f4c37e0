import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../test/harness/database'
import { Engine, type StartOptions } from '../../test/harness/engine'
import { freshNamespace } from '../../test/harness/namespace'

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
const flow = (...tasks: object[]) => JSON.stringify({ id: 'restarted', namespace: 'company.team', tasks })
const returns = (id: string, format: string) => ({ id, type: `${core}.debug.Return`, format })
/** Needs an activity. */
const touch = (id: string) => returns(id, "{{ fileExists('nothing.txt') }}")
const failing = (isBroken: boolean) => ({ id: 'fail', type: `${core}.execution.Fail`, condition: String(isBroken) })
const each = (count: number, ...tasks: object[]) => ({
  id: 'each',
  type: `${core}.flow.ForEach`,
  values: `{{ range(1, ${count}) }}`,
  concurrencyLimit: 0,
  tasks,
})

/** Runs what fails, then goes on with what is put right; the ids that succeeded before, and the whole record after. */
async function restart(broken: string, fixed: string, options: StartOptions = {}) {
  const before = await engine.run(broken)
  expect(before.state).toBe('FAILED')
  const { id } = before
  await engine.startExecution(fixed, { ...options, executionId: id, resumeFrom: { executionId: id } })
  await engine.result(id)
  const done = before.taskRuns.filter(({ state }) => state === 'SUCCESS').map(run => run.id)
  return { done, execution: await engine.read(id) }
}

test('an execution of five thousand task runs is restarted: their record travels in pages', async () => {
  const loop = each(5000, returns('value', 'a text of some length for number {{ taskrun.value }}'))
  const end = returns('end', "{{ outputs.value['4999'].value }}, {{ outputs.value | length }}")
  const { done, execution } = await restart(flow(loop, failing(true), end), flow(loop, failing(false), end))
  expect(execution.state).toBe('SUCCESS')
  expect(done).toHaveLength(5001)
  expect(execution.taskRuns).toHaveLength(5003)
  expect(execution.taskRuns.map(({ id }) => id)).toEqual(expect.arrayContaining(done))
  expect(execution.taskRuns.at(-1)?.outputs).toEqual({
    value: 'a text of some length for number 4999, 5000',
  })
}, 120_000)

test('a restart that goes on in fresh histories runs nothing again that had succeeded', async () => {
  const group = (id: string, ...tasks: object[]) => ({ id, type: `${core}.flow.Sequential`, tasks })
  const source = (isBroken: boolean) =>
    flow({
      id: 'both',
      type: `${core}.flow.Parallel`,
      // The second time the done branch is come to last, several histories later.
      concurrent: isBroken ? 0 : 1,
      tasks: [
        group(
          'one',
          { id: 'sleep', type: `${core}.flow.Sleep`, duration: 'PT3S' },
          failing(isBroken),
          each(60, touch('a')),
        ),
        group('two', touch('b'), touch('c')),
      ],
    })
  const { done, execution } = await restart(source(true), source(false), { continueLimits: { events: 60 } })
  expect(execution.state).toBe('SUCCESS')
  const states = execution.taskRuns.map(({ taskId, state }) => `${taskId} ${state}`)
  for (const id of ['both', 'one', 'sleep', 'fail', 'two', 'b', 'c', 'each']) {
    expect(states.filter(state => state.startsWith(`${id} `))).toEqual([`${id} SUCCESS`])
  }
  expect(states.filter(state => state === 'a SUCCESS')).toHaveLength(60)
  expect(execution.taskRuns.map(({ id }) => id)).toEqual(expect.arrayContaining(done))
  expect(
    execution.taskRuns.filter(({ taskId }) => ['b', 'c'].includes(taskId)).map(run => run.attempts.length),
  ).toEqual([1, 1])
})

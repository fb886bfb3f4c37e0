import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../../test/harness/database'
import { Engine } from '../../../test/harness/engine'
import { freshNamespace } from '../../../test/harness/namespace'
import { recordContinued } from '../../../test/harness/record-histories'

let database: FreshDatabase
let engine: Engine

beforeAll(async () => {
  database = await freshDatabase()
  const { address, namespace } = await freshNamespace()
  const { url: databaseUrl, tenantId } = database
  engine = await Engine.start({ databaseUrl, tenantId, temporalAddress: address, namespace })
  await engine.saveFlow(batchFlow)
})

afterAll(async () => {
  await engine?.stop()
  await database?.drop()
})

const core = 'io.kestra.plugin.core'

/** Fails for a batch that says so; hands out what it read. */
const batchFlow = `id: batch
namespace: company.team
inputs:
  - {id: file, type: STRING}
  - {id: number, type: INT}
tasks:
  - {id: refuse, type: ${core}.execution.Fail, runIf: "{{ read(inputs.file) contains 'bad' }}"}
  - {id: text, type: ${core}.debug.Return, format: "{{ read(inputs.file) | trim }}"}
outputs:
  - {id: text, type: STRING, value: "{{ inputs.number }}: {{ outputs.text.value }}"}
`

function each(lines: string[], more: object, rest: object[] = []): string {
  const write = { id: 'write', type: `${core}.storage.Write`, extension: '.txt', content: lines.join('\n') }
  const inputs = { file: '{{ taskrun.items }}', number: '{{ taskrun.iteration }}' }
  const items = '{{ outputs.write.uri }}'
  const task = {
    id: 'each',
    type: `${core}.flow.ForEachItem`,
    items,
    namespace: 'company.team',
    flowId: 'batch',
    inputs,
  }
  return JSON.stringify({ id: 'parent', namespace: 'company.team', tasks: [write, { ...task, ...more }, ...rest] })
}

function sleeper(id: string, duration: string): string {
  const sleep = { id: 'sleep', type: `${core}.flow.Sleep`, duration }
  const inputs = ['file', 'number'].map(id => ({ id, type: 'STRING' }))
  return JSON.stringify({ id, namespace: 'company.team', inputs, tasks: [sleep] })
}

const merged = { id: 'merged', type: `${core}.debug.Return`, format: '{{ read(outputs.each_merge.subflowOutputs) }}' }

test('a flow runs for each batch, and their outputs are merged in order', async () => {
  const execution = await engine.run(each(['a', 'b', 'c', 'd', 'e'], { batch: { rows: 2 } }, [merged]))
  expect(execution.logs.filter(({ level }) => level === 'ERROR')).toEqual([])
  expect(execution.taskRuns.map(({ taskId, state }) => `${taskId} ${state}`)).toEqual(
    ['write', 'each', 'each_split', 'each_items', 'each_merge', 'merged'].map(id => `${id} SUCCESS`),
  )
  const [, holder, split, items, merge] = execution.taskRuns
  expect([split, items, merge].map(run => run?.parentId)).toEqual(Array(3).fill(holder?.id))
  expect(split?.outputs).toEqual({ splits: expect.stringMatching(/^kestra:\/\/\/.*\/each-split\/.*\.txt$/) })
  expect(items?.outputs).toEqual({
    subflowOutputsBaseUri: expect.stringMatching(/^\/company\/team\/parent\/executions\/.*\/each-items\/\w+$/),
    iterations: { CREATED: 0, RUNNING: 0, SUCCESS: 3 },
    numberOfBatches: 3,
  })
  const { value } = execution.taskRuns.at(-1)!.outputs as { value: string }
  expect(value.trim().split('\n')).toEqual(['{"text":"0: a\\nb"}', '{"text":"1: c\\nd"}', '{"text":"2: e"}'])
  const links = execution.logs.filter(({ message }) => message.startsWith('Created new execution [['))
  expect(links.map(({ taskId }) => taskId)).toEqual(Array(3).fill('each_items'))
})

test('one bad batch fails the task once all have run', async () => {
  const execution = await engine.run(each(['a', 'bad', 'c'], {}))
  expect(execution.state).toBe('FAILED')
  const states = execution.taskRuns.map(({ taskId, state }) => `${taskId} ${state}`)
  expect(states).toEqual(['write SUCCESS', 'each FAILED', 'each_split SUCCESS', 'each_items FAILED'])
  expect(execution.taskRuns[3]?.outputs).toMatchObject({ iterations: { SUCCESS: 2, FAILED: 1 }, numberOfBatches: 3 })
})

test('transmitFailed: false leaves it to the flows', async () => {
  expect((await engine.run(each(['bad', 'c'], { transmitFailed: false }))).state).toBe('SUCCESS')
})

test.each([
  ['no rows at all', { batch: { rows: '{{ 1 - 1 }}' } }, /rows must be at least 1, not 0/],
  ['a file of someone else', { items: 'kestra:///company/team/x/executions/other/file.txt' }, /other/],
])('%s fail with a reason', async (_, more, reason) => {
  const execution = await engine.run(each(['a'], more))
  expect(execution.state).toBe('FAILED')
  expect(execution.logs.find(({ level }) => level === 'ERROR')).toMatchObject({
    taskId: 'each_split',
    message: expect.stringMatching(reason),
  })
})

test('a fresh history goes on where the old one was full: no batch runs twice', async () => {
  const lines = Array.from({ length: 120 }, (_, n) => `line ${n}`)
  const execution = await engine.run(each(lines, {}, [merged]), { continueLimits: { events: 150 } })
  expect(execution.logs.filter(({ level }) => level === 'ERROR')).toEqual([])
  expect(execution.state).toBe('SUCCESS')
  expect(await engine.db.execution.count({ where: { parentId: execution.id } })).toBe(120)
  const items = execution.taskRuns.find(({ taskId }) => taskId === 'each_items')
  expect(items?.outputs).toMatchObject({ iterations: { RUNNING: 0, SUCCESS: 120 }, numberOfBatches: 120 })
  const { value } = execution.taskRuns.at(-1)!.outputs as { value: string }
  expect(value.trim().split('\n')).toEqual(lines.map((line, n) => JSON.stringify({ text: `${n}: ${line}` })))
  await expect.poll(() => countHistories(execution.id), { timeout: 20_000 }).toBeGreaterThan(2)
})

test('batches that wait are waited for in each fresh history', async () => {
  await engine.saveFlow(sleeper('patient', 'PT2S'))
  const more = { flowId: 'patient' }
  const execution = await engine.run(each(Array(70).fill('x'), more), { continueLimits: { events: 150 } })
  expect(execution.taskRuns.map(({ taskId, state }) => `${taskId} ${state}`)).toContain('each_merge SUCCESS')
  const children = await engine.db.execution.findMany({ where: { parentId: execution.id } })
  expect(children.map(({ state }) => state)).toEqual(Array(70).fill('SUCCESS'))
  await expect.poll(() => countHistories(execution.id), { timeout: 20_000 }).toBeGreaterThan(1)
  await recordContinued(engine, 'for-each-item', execution.id)
})

async function countHistories(executionId: string): Promise<number> {
  const query = `WorkflowId = '${engine.handle(executionId).workflowId}'`
  return (await engine.client.workflow.count(query)).count
}

test.each([
  ['those that failed', {}, [0, 1, 1, 2, 3, 3]],
  ['all', { restartBehavior: 'NEW_EXECUTION' }, [0, 0, 1, 1, 2, 2, 3, 3]],
])('a restart runs %s again', async (_, more, numbers) => {
  await engine.saveFlow(batchFlow)
  const source = each(['a', 'bad', 'c', 'bad'], more, [merged])
  const failed = await engine.run(source)
  expect(failed.taskRuns[3]?.outputs).toMatchObject({ iterations: { SUCCESS: 2, FAILED: 2 } })
  // What was wrong has been put right.
  await engine.saveFlow(batchFlow.replace('bad', 'worse'))
  const { id } = failed
  await engine.startExecution(source, { executionId: id, resumeFrom: { executionId: id } })
  await engine.result(id)
  const execution = await engine.read(id)
  expect(execution.state).toBe('SUCCESS')
  const items = execution.taskRuns.find(({ taskId }) => taskId === 'each_items')
  expect(items?.outputs).toMatchObject({ iterations: { RUNNING: 0, SUCCESS: 4 }, numberOfBatches: 4 })
  const { value } = execution.taskRuns.at(-1)!.outputs as { value: string }
  expect(
    value
      .trim()
      .split('\n')
      .map(line => JSON.parse(line).text),
  ).toEqual(['0: a', '1: bad', '2: c', '3: bad'])
  const children = await engine.db.execution.findMany({ where: { parentId: id } })
  const inputs = children.map(child => Number((child.inputs as { number: number }).number))
  expect(inputs.toSorted((a, b) => a - b)).toEqual(numbers)
})

test('scheduleDate: nothing begins before', async () => {
  await engine.saveFlow(batchFlow)
  const date = new Date(Date.now() + 6000)
  const execution = await engine.run(each(['a', 'b'], { scheduleDate: date.toISOString() }))
  expect(execution.state).toBe('SUCCESS')
  const children = await engine.db.execution.findMany({
    where: { parentId: execution.id },
    include: { taskRuns: true },
  })
  expect(children.map(({ scheduleDate }) => scheduleDate)).toEqual([date, date])
  const firstStarts = children.map(({ taskRuns }) => Math.min(...taskRuns.map(run => run.startDate!.getTime())))
  // Temporal counts a delay from when it takes the workflow, in its own time.
  expect(Math.min(...firstStarts)).toBeGreaterThan(date.getTime() - 500)
})

test('scheduleDate must be a date', async () => {
  const execution = await engine.run(each(['a'], { scheduleDate: 'tomorrow' }))
  expect(execution.logs.find(({ level }) => level === 'ERROR')?.message).toMatch(/scheduleDate is no date: tomorrow/)
})

test('an empty file makes no batch', async () => {
  const execution = await engine.run(each([''], {}))
  expect(execution.state).toBe('SUCCESS')
  // As Kestra has it.
  expect(execution.taskRuns[3]?.outputs).toBeNull()
})

test('kill reaches the executions of all batches', async () => {
  await engine.saveFlow(sleeper('sleeper', 'PT5M'))
  const id = await engine.startExecution(each(['a', 'b'], { flowId: 'sleeper' }))
  const running = { parentId: id, taskRuns: { some: { state: 'RUNNING' } } }
  await expect.poll(() => engine.db.execution.count({ where: running }), { timeout: 20_000 }).toBe(2)
  await engine.handle(id).signal('kill')
  await engine.result(id)
  const children = await engine.db.execution.findMany({ where: { parentId: id } })
  expect(children.map(({ state }) => state)).toEqual(['KILLED', 'KILLED'])
  expect((await engine.read(id)).state).toBe('KILLED')
})

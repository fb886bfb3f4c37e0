import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../../test/harness/database'
import { Engine } from '../../../test/harness/engine'
import { freshNamespace } from '../../../test/harness/namespace'

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
  ['two rules', { batch: { rows: 1, partitions: 2 } }, /it has partitions and rows/],
  ['a file of someone else', { items: 'kestra:///company/team/x/executions/other/file.txt' }, /other/],
])('%s fail with a reason', async (_, more, reason) => {
  const execution = await engine.run(each(['a'], more))
  expect(execution.state).toBe('FAILED')
  expect(execution.logs.find(({ level }) => level === 'ERROR')).toMatchObject({
    taskId: 'each_split',
    message: expect.stringMatching(reason),
  })
})

test('more batches than an execution has room for are refused with the way out', async () => {
  const execution = await engine.run(each(Array(2001).fill('x'), {}))
  expect(execution.logs.find(({ level }) => level === 'ERROR')?.message).toMatch(
    /2001 batches; 2000 are the most.*batch\.rows/,
  )
})

test('an empty file makes no batch', async () => {
  const execution = await engine.run(each([''], {}))
  expect(execution.state).toBe('SUCCESS')
  expect(execution.taskRuns[3]?.outputs).toMatchObject({ numberOfBatches: 0 })
})

test('kill reaches the executions of all batches', async () => {
  const sleep = { id: 'sleep', type: `${core}.flow.Sleep`, duration: 'PT5M' }
  const inputs = ['file', 'number'].map(id => ({ id, type: 'STRING' }))
  await engine.saveFlow(JSON.stringify({ id: 'sleeper', namespace: 'company.team', inputs, tasks: [sleep] }))
  const id = await engine.startExecution(each(['a', 'b'], { flowId: 'sleeper' }))
  const running = { parentId: id, taskRuns: { some: { state: 'RUNNING' } } }
  await expect.poll(() => engine.db.execution.count({ where: running }), { timeout: 20_000 }).toBe(2)
  await engine.handle(id).signal('kill')
  await engine.result(id)
  const children = await engine.db.execution.findMany({ where: { parentId: id } })
  expect(children.map(({ state }) => state)).toEqual(['KILLED', 'KILLED'])
  expect((await engine.read(id)).state).toBe('KILLED')
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { Engine } from '../../../test/harness/engine'
import { readDashboard } from '../dashboards/read-dashboard'
import { createFlow } from '../flows/create-flow'
import { openWebKit, type WebKit } from '../testing/web-kit'
import { type Execution, isTerminal } from './execution'
import { getExecution } from './get-execution'
import { playTask } from './play-task'

let kit: WebKit
let engine: Engine

const core = 'io.kestra.plugin.core'
const flow = `id: mill
namespace: company.team
inputs:
  - {id: day, type: STRING}
tasks:
  - {id: fetch, type: ${core}.http.Request, uri: "https://nowhere.invalid"}
  - id: sort
    type: ${core}.flow.Sequential
    tasks:
      - {id: grind, type: ${core}.debug.Return, format: "{{ inputs.day }}: {{ outputs.fetch.body.rows }} rows"}
      - {id: tell, type: ${core}.log.Log, message: "{{ outputs.grind.value }}"}
  - {id: rest, type: ${core}.flow.Sleep, duration: PT0.1S}
errors:
  - {id: alarm, type: ${core}.log.Log, message: never}
outputs:
  - {id: all, type: STRING, value: "{{ outputs.grind.value }}"}
`
const key = { namespace: 'company.team', id: 'mill' }

beforeAll(async () => {
  kit = await openWebKit()
  engine = await Engine.start(kit.engine)
  await createFlow(kit.scope, flow)
})
afterAll(async () => {
  await engine?.stop()
  await kit?.close()
})

async function ended({ id }: Execution): Promise<Execution> {
  const read = () => getExecution(kit.scope, id)
  await expect.poll(async () => isTerminal((await read()).state.current), { timeout: 20_000 }).toBe(true)
  return read()
}

const taskStates = ({ taskRunList = [] }: Execution) => taskRunList.map(run => [run.taskId, run.state.current])

test('one task runs with what others would have given it, and nothing else of its flow', async () => {
  const outputs = { fetch: { body: { rows: 3 } } }
  const played = await ended(await playTask(kit.scope, { ...key, taskId: 'grind', inputs: { day: 'monday' }, outputs }))
  expect(played).toMatchObject({ kind: 'PLAYGROUND', state: { current: 'SUCCESS' } })
  expect(taskStates(played)).toEqual([
    ['fetch', 'SUCCESS'],
    ['grind', 'SUCCESS'],
  ])
  expect(played.taskRunList?.[1]?.outputs).toEqual({ value: 'monday: 3 rows' })
})

test('with all that it holds; one that waits, too', async () => {
  const outputs = { fetch: { body: { rows: 4 } } }
  const played = await ended(await playTask(kit.scope, { ...key, taskId: 'sort', inputs: { day: 'friday' }, outputs }))
  expect(taskStates(played).map(([id]) => id)).toEqual(['fetch', 'sort', 'grind', 'tell'])
  expect(played.taskRunList?.[2]?.outputs).toEqual({ value: 'friday: 4 rows' })
  const slept = await ended(await playTask(kit.scope, { ...key, taskId: 'rest', inputs: { day: 'x' }, outputs: {} }))
  expect(taskStates(slept)).toEqual([['rest', 'SUCCESS']])
})

test('what is missing fails with its cause, and no other task is told', async () => {
  const played = await ended(await playTask(kit.scope, { ...key, taskId: 'grind', inputs: { day: 'x' }, outputs: {} }))
  expect(taskStates(played)).toEqual([['grind', 'FAILED']])
})

test('no dashboard counts it', async () => {
  const { states, open } = await readDashboard(kit.scope, { within: '1h' })
  expect([states, open]).toEqual([{}, {}])
})

test.each([
  [{ taskId: 'none' }, 'has no task none'],
  [{ taskId: 'grind', outputs: { none: {} } }, 'has no task none'],
  [{ taskId: 'grind', inputs: {} }, 'day'],
])('refuses %j', async (wrong, message) => {
  const played = playTask(kit.scope, { ...key, inputs: { day: 'x' }, outputs: {}, ...wrong })
  await expect(played).rejects.toThrow(message)
})

/** Tasks that read records, or act on other executions, of their own tenant. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tenantDb } from '#db/tenant-db'
import { type FreshDatabase, freshDatabase } from '../../test/harness/database'
import { Engine } from '../../test/harness/engine'
import { freshNamespace } from '../../test/harness/namespace'
import { createMasker } from './masking/masker'
import { createRecords } from './records'

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
const flow = (id: string, tasks: string) => `id: ${id}\nnamespace: company.team\ntasks:\n${tasks}`
const log = (id: string, message: string, level = 'INFO') =>
  `  - {id: ${id}, type: ${core}.log.Log, message: ${message}, level: ${level}}\n`

test('log.Fetch stores what tasks before it said, and what another execution said', async () => {
  const first = await engine.startExecution(flow('said', log('a', 'one') + log('b', 'two', 'WARN')))
  await engine.result(first)
  const fetches = `${log('own', 'three')}  - {id: mine, type: ${core}.log.Fetch, tasksId: [own]}
  - {id: other, type: ${core}.log.Fetch, executionId: ${first}, level: WARN}
  - {id: read, type: ${core}.debug.Return, format: "{{ read(outputs.other.uri) }}"}
`
  const { state, taskRuns } = await engine.run(flow('fetching', fetches))
  expect(state).toBe('SUCCESS')
  const outputsOf = (id: string) => taskRuns.find(({ taskId }) => taskId === id)?.outputs
  expect([outputsOf('mine'), outputsOf('other')]).toMatchObject([{ size: 1 }, { size: 1 }])
  expect(JSON.parse(String((outputsOf('read') as { value: string }).value))).toMatchObject({
    message: 'two',
    level: 'WARN',
    taskId: 'b',
    executionId: first,
  })
})

test('execution.Count counts by flow', async () => {
  await engine.run(flow('counted', log('a', 'x')))
  const count = `  - id: count
    type: ${core}.execution.Count
    flows: [{namespace: company.team, flowId: counted}, {namespace: company.team, flowId: nobody}]
    startDate: "2020-01-01T00:00:00Z"
    states: [SUCCESS]
    expression: "{{ count >= 0 }}"
`
  const { taskRuns } = await engine.run(flow('counting', count))
  expect(taskRuns[0]?.outputs).toEqual({
    results: [
      { namespace: 'company.team', flowId: 'counted', count: 1 },
      { namespace: 'company.team', flowId: 'nobody', count: 0 },
    ],
    total: 1,
  })
})

test('execution.Resume lets another execution go on, with what its Pause asks for', async () => {
  const ask = `  - {id: ask, type: ${core}.flow.Pause, onResume: [{id: count, type: INT}]}
  - {id: read, type: ${core}.debug.Return, format: "{{ outputs.ask.onResume.count + 1 }}"}
`
  const paused = await engine.startExecution(flow('asking', ask))
  await engine.waitForState(paused, 'PAUSED')
  const resume = (count: string) =>
    `  - {id: go, type: ${core}.execution.Resume, executionId: ${paused}, inputs: {count: ${count}}}\n`
  const refused = await engine.run(flow('resuming', resume('many')))
  expect(refused.state).toBe('FAILED')
  expect(refused.logs.at(-1)?.message).toMatch(
    /^The execution \w+ can't be resumed: count: "many" is not a whole number/,
  )
  expect((await engine.run(flow('resuming', resume('41')))).state).toBe('SUCCESS')
  await engine.result(paused)
  expect((await engine.read(paused)).taskRuns[1]?.outputs).toEqual({ value: '42' })
  const late = await engine.run(flow('resuming', resume('41')))
  expect(late.logs.at(-1)?.message).toBe(`No execution ${paused} is paused`)
})

test('another tenant sees no line and no execution', async () => {
  const { otherTenantId: tenantId } = database
  const { signal } = new AbortController()
  const records = createRecords({
    db: tenantDb(tenantId),
    tenantId,
    client: engine.client,
    masker: createMasker(),
    signal,
  })
  const lines = []
  for await (const line of records.logs({ namespace: 'company', levels: ['INFO', 'WARN'] })) lines.push(line)
  expect(lines).toEqual([])
  expect(await records.countExecutions({ namespace: 'company.team' })).toBe(0)
})

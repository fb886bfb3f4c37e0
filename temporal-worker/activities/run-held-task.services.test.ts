import { afterAll, beforeAll, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../test/harness/database'
import { Engine } from '../../test/harness/engine'
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

test('a task made from a template runs as its task run, and later tasks read its outputs', async () => {
  const execution = await engine.run(`id: templated
namespace: company.team
tasks:
  - {id: kind, type: ${core}.debug.Return, format: storage.Write}
  - id: made
    type: ${core}.templating.TemplatedTask
    spec: |
      type: ${core}.{{ outputs.kind.value }}
      content: "of {{ flow.id }}"
      extension: .txt
  - {id: read, type: ${core}.debug.Return, format: "{{ read(outputs.made.uri) }}"}`)
  expect(execution.logs.filter(({ level }) => level === 'ERROR')).toEqual([])
  expect(execution.state).toBe('SUCCESS')
  expect(execution.taskRuns.map(({ taskId }) => taskId)).toEqual(['kind', 'made', 'read'])
  expect(execution.taskRuns[2]?.outputs).toEqual({ value: 'of templated' })
})

test('a task made from a template fails its task run as any other', async () => {
  const execution = await engine.run(`id: templated_failing
namespace: company.team
tasks:
  - id: made
    type: ${core}.templating.TemplatedTask
    spec: "type: ${core}.execution.Fail\\nerrorMessage: on purpose"`)
  expect(execution.state).toBe('FAILED')
  expect(execution.logs.at(-1)).toMatchObject({ level: 'ERROR', message: 'on purpose', taskId: 'made' })
})

test('a loop keeps one state for each of its values', async () => {
  const execution = await engine.run(`id: states
namespace: company.team
tasks:
  - id: each
    type: ${core}.flow.ForEach
    values: [a, b]
    tasks:
      - {id: set, type: ${core}.state.Set, data: {"last_{{ taskrun.value }}": 1}}
      - {id: get, type: ${core}.state.Get}
  - {id: none, type: ${core}.state.Get}`)
  const outputs = execution.taskRuns.filter(({ taskId }) => ['get', 'none'].includes(taskId)).map(run => run.outputs)
  expect(outputs).toEqual([
    { count: 1, data: { last_a: 1 } },
    { count: 1, data: { last_b: 1 } },
    { count: 0, data: {} },
  ])
})

test('a purge removes what ended, and not its own execution', async () => {
  const flow = (id: string, tasks: string) => `id: ${id}\nnamespace: company.purged\ntasks:\n${tasks}`
  const old = await engine.run(flow('old', `  - {id: write, type: ${core}.storage.Write, content: x}`))
  expect(old.state).toBe('SUCCESS')
  const purge = await engine.run(
    flow(
      'purge',
      `  - {id: purge, type: ${core}.storage.Purge, namespace: company.purged, endDate: "{{ now() | dateAdd(1, 'DAYS') }}"}`,
    ),
  )
  expect(purge.taskRuns[0]?.outputs).toMatchObject({ executionsCount: 1, storagesCount: 1 })
  expect(purge.state).toBe('SUCCESS')
  await expect(engine.read(old.id)).rejects.toThrow()
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../test/harness/database'
import { Engine, type RecordedExecution } from '../../test/harness/engine'
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

type Cached = { more?: string; cache?: string; command?: string; after?: string }

/** A shell task that writes a file nobody could guess, and a task that reads it. */
function cached(
  id: string,
  { more = '', cache = '{enabled: true}', command = 'exit 0', after = '' }: Cached = {},
): string {
  return `id: ${id}
namespace: company.team
inputs:
  - {id: who, type: STRING, defaults: you}
tasks:
  - id: make
    type: io.kestra.plugin.scripts.shell.Commands
    taskRunner: {type: ${core}.runner.Process}
    outputFiles: ["*.txt"]
    taskCache: ${cache}
    env: {WHO: "{{ inputs.who }}"}
    commands:
      - head -c 16 /dev/urandom | od -An -tx1 | tr -d ' \\n' > made.txt
      - ${command}
${more}
  - {id: read, type: ${core}.debug.Return, format: "{{ read(outputs.make.outputFiles['made.txt']) }}"}
${after}`
}

function run(flow: string, inputs: { who?: string } = {}): Promise<RecordedExecution> {
  return engine.run(flow, { inputs: { who: 'you', ...inputs } })
}

function made(execution: RecordedExecution): unknown {
  const run = execution.taskRuns.find(({ taskId }) => taskId === 'read')
  return (run?.outputs as { value?: string } | null)?.value
}

function isHit(execution: RecordedExecution): boolean {
  return execution.logs.some(({ message }) => message.startsWith("Skipping task execution for task 'make'"))
}

describe('a cached task', () => {
  test('gives its outputs, with files of its own, without running again', async () => {
    const first = await run(cached('same'))
    const second = await run(cached('same'))
    expect([isHit(first), isHit(second)]).toEqual([false, true])
    expect(made(second)).toBe(made(first))
    expect(made(first)).toMatch(/^[0-9a-f]{32}$/)
    const [before, after] = [first, second].map(({ taskRuns }) => JSON.stringify(taskRuns[0]?.outputs))
    expect(after).toContain(second.id)
    expect(after).not.toContain(first.id)
    expect(before).not.toContain(second.id)
  })

  test.each([
    ['other rendered properties', cached('differs'), cached('differs'), { who: 'me' }],
    ['another flow', cached('one_flow'), cached('other_flow'), {}],
    ['a name that differs in writing only', cached('My_flow'), cached('my-flow'), {}],
    [
      'an entry that is too old',
      cached('old', { cache: '{enabled: true, ttl: PT0S}' }),
      cached('old', { cache: '{enabled: true, ttl: PT0S}' }),
      {},
    ],
    [
      'a cache that is off',
      cached('off', { cache: '{enabled: false}' }),
      cached('off', { cache: '{enabled: false}' }),
      {},
    ],
    [
      'files that are gone',
      cached('gone', { after: `finally:\n  - {id: purge, type: ${core}.storage.PurgeCurrentExecutionFiles}` }),
      cached('gone'),
      {},
    ],
  ])('runs again for %s', async (_, before, after, inputs) => {
    const first = await run(before)
    const second = await run(after, inputs)
    expect([first.state, second.state]).toEqual(['SUCCESS', 'SUCCESS'])
    expect(isHit(second)).toBe(false)
    expect(made(second)).not.toBe(made(first))
  })

  test('that failed is not kept', async () => {
    const failing = cached('failing', { command: 'exit 1' })
    await run(failing)
    const second = await run(failing)
    expect([second.state, isHit(second)]).toEqual(['FAILED', false])
  })

  test('of a loop has an entry for each value', async () => {
    const flow = `id: values
namespace: company.team
tasks:
  - id: each
    type: ${core}.flow.ForEach
    values: [a, b]
    tasks:
      - {id: tell, type: ${core}.log.Log, message: same, taskCache: {enabled: true}}`
    const lines = async () =>
      (await engine.run(flow)).logs.filter(({ level }) => level === 'INFO').map(({ message }) => message.slice(0, 8))
    expect(await lines()).toEqual(['same', 'same'])
    expect(await lines()).toEqual(['Skipping', 'Skipping'])
  })

  test('may run many times at once', async () => {
    const runs = await Promise.all(Array.from({ length: 6 }, () => run(cached('at_once'))))
    expect(runs.map(({ state }) => state)).toEqual(Array(6).fill('SUCCESS'))
    const later = await run(cached('at_once'))
    expect(isHit(later)).toBe(true)
    expect(runs.map(made)).toContain(made(later))
  })
})

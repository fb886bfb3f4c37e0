import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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

/** A shell task with more lines of flow after it. */
function shell(id: string, command: string, more = ''): string {
  return `id: ${id}
namespace: company.team
tasks:
  - id: shell
    type: io.kestra.plugin.scripts.shell.Commands
    taskRunner: {type: ${core}.runner.Process}
    commands: ['${command}']
${more}`
}

function python(id: string, script: string): string {
  const type = 'io.kestra.plugin.scripts.python.Script'
  const task = { id: 'script', type, taskRunner: { type: `${core}.runner.Process` }, script }
  return JSON.stringify({ id, namespace: 'company.team', tasks: [task] })
}

/** Prints an output of so many characters. */
function bigOutput(characters: number): string {
  return `printf "::{\\"outputs\\":{\\"big\\":\\""; head -c ${characters} /dev/zero | tr "\\\\0" x; printf "\\"}}::\\n"`
}

describe('outputs', () => {
  test('large ones lie in internal storage, and later tasks read them as any other', async () => {
    const read = `  - {id: read, type: ${core}.debug.Return, format: "{{ outputs.shell.vars.big | length }}"}`
    const execution = await engine.run(shell('large', bigOutput(300_000), read))
    expect(execution.state).toBe('SUCCESS')
    expect(execution.taskRuns[0]?.outputs).toMatchObject({ $stored: expect.stringContaining('kestra:///') })
    expect(execution.taskRuns[1]?.outputs).toEqual({ value: '300000' })
    const { events } = await engine.handle(execution.id).fetchHistory()
    expect(JSON.stringify(events).length).toBeLessThan(100_000)
  })
})

describe('failures', () => {
  test.each([
    ['shell', shell('told', 'seq 1 3 >&2; echo bye; exit 42')],
    ['python', python('told-python', 'import sys; print("1\\n2\\n3", file=sys.stderr); print("bye"); sys.exit(42)')],
  ])('of a %s script tell its exit code, its last lines, and where they stand', async (_, flow) => {
    const execution = await engine.run(flow)
    expect(execution.state).toBe('FAILED')
    expect(execution.taskRuns[0]?.outputs).toMatchObject({ exitCode: 42 })
    const told = execution.logs.at(-1)
    expect(told).toMatchObject({ level: 'ERROR', taskRunId: execution.taskRuns[0]?.id })
    expect(told?.message.split('\n')).toEqual([
      'The command failed (exit code 42).',
      'Its last lines on stderr:',
      ...['  1', '  2', '  3'],
      'All its output is in the log of this task run.',
    ])
  })

  test('outputs of a failed script are kept for the errors branch', async () => {
    const errors = `errors:\n  - {id: read, type: ${core}.debug.Return, format: "{{ outputs.shell.exitCode }}"}`
    const execution = await engine.run(shell('failing', 'exit 3', errors))
    expect(execution.state).toBe('FAILED')
    expect(execution.taskRuns[1]?.outputs).toEqual({ value: '3' })
  })

  test('a property that renders to nonsense fails its task with the name of the property', async () => {
    const execution = await engine.run(`id: nonsense
namespace: company.team
tasks:
  - {id: get, type: ${core}.http.Download, uri: "http://localhost", failOnEmptyResponse: "{{ taskrun.id }}"}`)
    expect(execution.state).toBe('FAILED')
    expect(execution.logs[0]?.message).toMatch(/^The task's properties are not valid: failOnEmptyResponse: /)
  })

  test('each attempt has its own lines of log', async () => {
    const execution = await engine.run(`id: attempts
namespace: company.team
tasks:
  - id: shell
    type: io.kestra.plugin.scripts.shell.Commands
    taskRunner: {type: ${core}.runner.Process}
    commands: ["echo try {{ taskrun.attemptsCount }}; exit {{ taskrun.attemptsCount == 0 ? 1 : 0 }}"]
    retry: {type: constant, interval: PT0.05S, maxAttempts: 3, warningOnRetry: true}`)
    expect(execution.state).toBe('WARNING')
    const tries = execution.logs.filter(({ message }) => message.startsWith('try'))
    expect(tries.map(({ attempt, message }) => [attempt, message])).toEqual([
      [1, 'try 0'],
      [2, 'try 1'],
    ])
    expect(execution.taskRuns[0]?.attempts).toEqual([
      ['CREATED', 'RUNNING', 'FAILED'],
      ['CREATED', 'RUNNING', 'SUCCESS'],
    ])
  })
})

test('thousands of lines reach the log whole and in order', async () => {
  const execution = await engine.run(shell('lines', 'seq 1 5000'))
  const numbers = execution.logs.filter(({ level }) => level === 'INFO').map(({ message }) => Number(message))
  expect(numbers).toEqual(Array.from({ length: 5000 }, (_, index) => index + 1))
})

test('a line of 100 MB and bytes that are no text harm nobody', async () => {
  const commands = [
    'head -c 104857600 /dev/zero | tr "\\0" x; echo',
    'head -c 1000000 /dev/urandom',
    'head -c 3000000 /dev/zero; echo',
    'echo the end',
  ]
  const execution = await engine.run(shell('noise', commands.join('; ')))
  const messages = execution.logs.filter(({ level }) => level === 'INFO').map(({ message }) => message)
  expect(messages[0]).toMatch(/^x{32768} \.\.\. \[cut: the line has 104857600 bytes\]$/)
  expect(messages.at(-2)).toMatch(/\ufffd \.\.\. \[cut: the line has \d{7} bytes\]$/)
  expect(messages.at(-1)).toBe('the end')
  expect(execution.state).toBe('SUCCESS')
})

test('the condition of a LoopUntil reads the count of its own rounds', async () => {
  const execution = await engine.run(`id: rounds
namespace: company.team
tasks:
  - id: wait
    type: ${core}.flow.LoopUntil
    condition: "{{ outputs.wait.iterationCount >= 3 and outputs.leaf.value == 'x' }}"
    checkFrequency: {interval: PT0.02S}
    tasks:
      - {id: leaf, type: ${core}.debug.Return, format: x}`)
  expect(execution.state).toBe('SUCCESS')
  expect(execution.taskRuns[0]?.outputs).toEqual({ iterationCount: 3 })
})

test('ten thousand values are walked without harm to the worker', async () => {
  const execution = await engine.run(`id: many
namespace: company.team
tasks:
  - id: each
    type: ${core}.flow.ForEach
    concurrencyLimit: 0
    values: "{{ range(1, 10000) }}"
    tasks:
      - {id: leaf, type: ${core}.debug.Return, format: "{{ taskrun.value }}"}`)
  expect(execution.state).toBe('SUCCESS')
  expect(execution.taskRuns).toHaveLength(10_001)
})

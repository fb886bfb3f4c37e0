import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../test/harness/database'
import { Engine, type RecordedExecution } from '../../test/harness/engine'
import { freshNamespace } from '../../test/harness/namespace'
import { type FlowCase, flowCases } from './flow-cases'

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

function flowText(id: string, body: string): string {
  return `id: ${id}\nnamespace: company.team\n${body}\n`
}

function describeRuns(execution: RecordedExecution): string[] {
  const names = new Map(execution.taskRuns.map(run => [run.id, run.taskId]))
  return execution.taskRuns.map(({ taskId, parentId, value, state }) => {
    const parent = parentId === null ? '-' : names.get(parentId)
    return `${taskId} < ${parent} ${value === null ? '' : `[${value}] `}${state}`
  })
}

/** `RECORD_HISTORIES=1` keeps what `replay.test.ts` replays; do so for a new construct, never for an old one. */
async function recordHistory(name: string, executionId: string): Promise<void> {
  if (process.env.RECORD_HISTORIES === undefined) return
  const history = await engine.handle(executionId).fetchHistory()
  const file = join(import.meta.dirname, 'histories', `${name}.json`)
  await writeFile(file, `${JSON.stringify(history)}\n`)
}

describe('a flow comes to what its tasks say', () => {
  test.concurrent.each(flowCases.map(flowCase => [flowCase.name, flowCase] as const))('%s', async (name, flowCase) => {
    const execution = await engine.run(flowText(name, flowCase.flow), { inputs: flowCase.inputs ?? {} })
    expectCase(execution, flowCase)
    await recordHistory(name, execution.id)
  })
})

function expectCase(execution: RecordedExecution, flowCase: FlowCase): void {
  expect(describeRuns(execution)).toEqual(flowCase.runs)
  expect(execution.state).toBe(flowCase.state)
  if (flowCase.history !== undefined) expect(execution.states.join(' ')).toBe(flowCase.history)
  for (const [task, outputs] of Object.entries(flowCase.outputs ?? {})) {
    expect(execution.taskRuns.find(({ taskId }) => taskId === task)?.outputs).toEqual(outputs)
  }
  if (flowCase.flowOutputs !== undefined) expect(execution.outputs).toEqual(flowCase.flowOutputs)
  if (flowCase.labels !== undefined) {
    const labels = execution.labels as { key: string; value: string }[]
    expect(Object.fromEntries(labels.map(({ key, value }) => [key, value]))).toEqual(flowCase.labels)
  }
  if (flowCase.logs !== undefined) {
    expect(execution.logs.map(({ level, message }) => `${level} ${message}`).sort()).toEqual(flowCase.logs.toSorted())
  }
}

describe('from outside', () => {
  test('kill ends running tasks and all that holds them', async () => {
    const id = await engine.startExecution(
      flowText(
        'killed',
        `tasks:
  - id: group
    type: ${core}.flow.Parallel
    tasks:
      - id: shell
        type: io.kestra.plugin.scripts.shell.Commands
        taskRunner: {type: ${core}.runner.Process}
        commands: ["echo begun", "sleep 300"]
      - {id: sleep, type: ${core}.flow.Sleep, duration: PT5M}
  - {id: never, type: ${core}.debug.Return, format: x}
finally:
  - {id: nor_this, type: ${core}.debug.Return, format: x}
afterExecution:
  - {id: after, type: ${core}.debug.Return, format: "{{ execution.state }}"}`,
      ),
    )
    await engine.waitForLog(id, 'begun')
    await engine.handle(id).signal('kill')
    await engine.result(id)
    const execution = await engine.read(id)
    expect(execution.states).toEqual(['CREATED', 'RUNNING', 'KILLING', 'KILLED'])
    expect(describeRuns(execution)).toEqual([
      'group < - KILLED',
      'shell < group KILLED',
      'sleep < group KILLED',
      'after < - SUCCESS',
    ])
    await recordHistory('killed', id)
  })

  test('a paused task goes on with the inputs it asks for, and refuses others', async () => {
    const id = await engine.startExecution(
      flowText(
        'asking',
        `tasks:
  - id: ask
    type: ${core}.flow.Pause
    onResume:
      - {id: count, type: INT}
  - {id: read, type: ${core}.debug.Return, format: "{{ outputs.ask.onResume.count + 1 }} {{ outputs.ask.resumed.by }}"}`,
      ),
    )
    await engine.waitForState(id, 'PAUSED')
    const handle = engine.handle(id)
    await expect(handle.executeUpdate('resume', { args: [{ inputs: { count: 'many' } }] })).rejects.toThrow()
    await handle.executeUpdate('resume', { args: [{ inputs: { count: '41' }, by: 'ann' }] })
    await engine.result(id)
    const execution = await engine.read(id)
    expect(execution.states).toEqual(['CREATED', 'RUNNING', 'PAUSED', 'RESTARTED', 'RUNNING', 'SUCCESS'])
    expect(execution.taskRuns[1]?.outputs).toEqual({ value: '42 ann' })
    await recordHistory('asking', id)
  })

  test('an execution paused from outside finishes what runs and starts nothing until it is resumed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'millrace-paused-'))
    const file = join(folder, 'go-on')
    const id = await engine.startExecution(
      flowText(
        'paused',
        `tasks:
  - id: first
    type: io.kestra.plugin.scripts.shell.Commands
    taskRunner: {type: ${core}.runner.Process}
    commands: ["until [ -e ${file} ]; do sleep 0.1; done"]
  - {id: second, type: ${core}.debug.Return, format: x}`,
      ),
    )
    await engine.waitForTaskState(id, 'first', 'RUNNING')
    await engine.handle(id).signal('pause')
    await engine.waitForState(id, 'PAUSED')
    await writeFile(file, '')
    await engine.waitForTaskState(id, 'first', 'SUCCESS')
    expect(describeRuns(await engine.read(id))).toEqual(['first < - SUCCESS'])
    await engine.handle(id).executeUpdate('resume', { args: [{}] })
    await engine.result(id)
    expect((await engine.read(id)).states).toEqual(['CREATED', 'RUNNING', 'PAUSED', 'RUNNING', 'SUCCESS'])
    await recordHistory('paused', id)
    await rm(folder, { recursive: true })
  })

  test('a restart goes on where the execution failed and keeps what succeeded', async () => {
    const { plan } = engine.parse(
      flowText(
        'restart',
        `tasks:
  - {id: once, type: ${core}.debug.Return, format: "{{ taskrun.id }}"}
  - id: group
    type: ${core}.flow.Sequential
    tasks:
      - {id: kept, type: ${core}.debug.Return, format: x}
      - {id: fragile, type: ${core}.execution.Fail, condition: "{{ taskrun.attemptsCount == 0 }}"}
  - {id: read, type: ${core}.debug.Return, format: "{{ outputs.once.value }}"}
errors:
  - {id: handler, type: ${core}.debug.Return, format: x}`,
      ),
    )
    const id = await engine.startPlan(plan)
    await engine.result(id)
    const failed = await engine.read(id)
    expect(describeRuns(failed)).toContain('handler < - SUCCESS')
    await engine.startPlan(plan, { executionId: id, resumeFrom: { executionId: id } })
    await engine.result(id)
    const restarted = await engine.read(id)
    expect(restarted.states).toEqual(['CREATED', 'RUNNING', 'FAILED', 'RESTARTED', 'RUNNING', 'SUCCESS'])
    expect(describeRuns(restarted)).toEqual([
      'once < - SUCCESS',
      'group < - SUCCESS',
      'kept < group SUCCESS',
      'fragile < group SUCCESS',
      'read < - SUCCESS',
    ])
    expect(restarted.taskRuns[3]?.attempts).toEqual([
      ['CREATED', 'RUNNING', 'FAILED'],
      ['CREATED', 'RUNNING', 'SUCCESS'],
    ])
    expect(restarted.taskRuns[4]?.outputs).toEqual(failed.taskRuns[0]?.outputs)
    await recordHistory('restart', id)
  })

  test('a subflow is an execution of its own and hands its state and outputs back', async () => {
    await engine.saveFlow(
      flowText(
        'child',
        `inputs:
  - {id: count, type: INT}
tasks:
  - {id: fragile, type: ${core}.execution.Fail, condition: "{{ inputs.count > 1 }}"}
outputs:
  - {id: double, type: INT, value: "{{ inputs.count * 2 }}"}`,
      ),
    )
    const parent = (count: number) =>
      flowText(
        'parent',
        `tasks:
  - {id: sub, type: ${core}.flow.Subflow, namespace: company.team, flowId: child, inputs: {count: "${count}"}}
  - {id: read, type: ${core}.debug.Return, format: "{{ outputs.sub.outputs.double }}"}`,
      )
    const good = await engine.run(parent(1))
    expect(describeRuns(good)).toEqual(['sub < - SUCCESS', 'read < - SUCCESS'])
    expect(good.taskRuns[1]?.outputs).toEqual({ value: '2' })
    await recordHistory('subflow', good.id)
    const bad = await engine.run(parent(2))
    expect(describeRuns(bad)).toEqual(['sub < - FAILED'])
  })

  test('a flow runs for each line of a file', async () => {
    await engine.saveFlow(
      flowText('line', `inputs:\n  - {id: file, type: STRING}\ntasks:\n  - {id: text, type: ${core}.debug.Return}`),
    )
    const execution = await engine.run(
      flowText(
        'lines',
        `tasks:
  - {id: write, type: ${core}.storage.Write, content: "a\\nb", extension: .txt}
  - id: each
    type: ${core}.flow.ForEachItem
    items: "{{ outputs.write.uri }}"
    namespace: company.team
    flowId: line
    inputs: {file: "{{ taskrun.items }}"}`,
      ),
    )
    const parts = ['split', 'items', 'merge'].map(part => `each_${part} < each SUCCESS`)
    expect(describeRuns(execution)).toEqual(['write < - SUCCESS', 'each < - SUCCESS', ...parts])
    await recordHistory('for-each-item', execution.id)
  })

  test('kill reaches the executions that a flow started', async () => {
    await engine.saveFlow(flowText('sleeper', `tasks:\n  - {id: sleep, type: ${core}.flow.Sleep, duration: PT5M}`))
    const subflow = `{id: sub, type: ${core}.flow.Subflow, namespace: company.team, flowId: sleeper}`
    const id = await engine.startExecution(flowText('waiting', `tasks:\n  - ${subflow}`))
    await engine.waitForTaskState(id, 'sub', 'RUNNING')
    await engine.handle(id).signal('kill')
    await engine.result(id)
    const child = await engine.db.execution.findFirstOrThrow({ where: { parentId: id } })
    expect([child.state, (await engine.read(id)).state]).toEqual(['KILLED', 'KILLED'])
    expect(describeRuns(await engine.read(id))).toEqual(['sub < - KILLED'])
    await recordHistory('killed-subflow', id)
  })

  test('a replay from a task run is a new execution with what came before', async () => {
    const { plan } = engine.parse(
      flowText(
        'replayed',
        `tasks:
  - {id: before, type: ${core}.debug.Return, format: "{{ execution.id }}"}
  - {id: from, type: ${core}.debug.Return, format: "{{ outputs.before.value }} {{ execution.id }}"}`,
      ),
    )
    const first = await engine.startPlan(plan)
    await engine.result(first)
    const from = (await engine.read(first)).taskRuns[1]!.id
    const second = await engine.startPlan(plan, { resumeFrom: { executionId: first, mode: 'replay', taskRunId: from } })
    await engine.result(second)
    const replayed = await engine.read(second)
    expect(replayed.taskRuns.map(({ outputs }) => outputs)).toEqual([{ value: first }, { value: `${first} ${second}` }])
    expect(replayed.states).toEqual(['CREATED', 'RUNNING', 'SUCCESS'])
    await recordHistory('replayed', second)
  })

  test('a retry may be a new execution, which counts its attempts on', async () => {
    const first = await engine.run(
      flowText(
        'again',
        `tasks:
  - id: group
    type: ${core}.flow.Sequential
    tasks:
      - id: boom
        type: ${core}.execution.Fail
        retry: {type: constant, interval: PT0.05S, maxAttempts: 2, behavior: CREATE_NEW_EXECUTION}`,
      ),
    )
    expect(first.states).toEqual(['CREATED', 'RUNNING', 'RETRIED'])
    expect(describeRuns(first)).toEqual(['group < - RETRIED', 'boom < group RETRIED'])
    const { id, attempt } = await engine.db.execution.findFirstOrThrow({ where: { parentId: first.id } })
    expect(attempt).toBe(2)
    await engine.waitForState(id)
    expect((await engine.read(id)).states).toEqual(['CREATED', 'RUNNING', 'FAILED'])
    await recordHistory('again', first.id)
  })
})

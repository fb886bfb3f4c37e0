import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildWorker } from '#infra/local/build'
import { startWorker } from '#infra/local/worker'
import { Engine, type RecordedExecution } from '../harness/engine'
import { seededRandom } from '../harness/seeded-random'
import { startTestStack, type TestStack } from '../harness/stack'

const lines = 300
const metricEvery = 50
const kills = 3
/** Found in the arguments of each process that a task starts. */
const mark = `mark-${randomUUID()}`
const seed = Number(process.env.FAULT_SEED ?? Date.now() % 100_000)

let folder: string
let stack: TestStack
let engine: Engine

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-fault-'))
  stack = await startTestStack({ env: { TMPDIR: folder } })
  const { databaseUrl, temporal, tenant } = stack
  engine = await Engine.attach({
    databaseUrl,
    tenantId: tenant.id,
    temporalAddress: temporal.address,
    namespace: temporal.namespace,
  })
})

afterAll(async () => {
  await engine?.stop()
  await stack?.stop()
  await rm(folder, { recursive: true, force: true })
})

/** Says which try of it writes, since a lost worker's task is run again; leaves a file with all its numbers. */
const script = `try=$(date +%s%N); : ${mark}
for i in $(seq 1 ${lines}); do
  echo "$try line $i"; echo $i >> result.txt
  [ $((i % ${metricEvery})) -ne 0 ] || echo '::{"metrics":[{"name":"batches","type":"counter","value":1}]}::'
  [ $((i % 20)) -ne 0 ] || sleep 0.1
done
echo '::{"outputs":{"last":'$i'}}::'`

function shell(id: string): string {
  return JSON.stringify({ ...shellTask(id, script), outputFiles: ['result.txt'] })
}

function shellTask(id: string, command: string) {
  return {
    id,
    type: 'io.kestra.plugin.scripts.shell.Commands',
    taskRunner: { type: 'io.kestra.plugin.core.runner.Process' },
    commands: [command],
  }
}

const inputFiles = Object.fromEntries(
  ['a', 'b', 'c'].map(id => [`${id}.txt`, `{{ outputs.${id}.outputFiles['result.txt'] }}`]),
)
const count = `echo '::{"outputs":{"count":'$(cat a.txt b.txt c.txt | wc -l)'}}::'`

const flow = `id: hard-times
namespace: company.team
tasks:
  - id: together
    type: io.kestra.plugin.core.flow.Parallel
    tasks: [${shell('a')}, ${shell('b')}]
  - id: directory
    type: io.kestra.plugin.core.flow.WorkingDirectory
    tasks:
      - ${shell('c')}
      - {id: note, type: io.kestra.plugin.core.log.Log, message: noted}
  - ${JSON.stringify({ ...shellTask('all', count), inputFiles })}
outputs:
  - {id: count, type: INT, value: "{{ outputs.all.vars.count }}"}
`

const taskIds = ['a', 'all', 'b', 'c', 'directory', 'note', 'together']

test(`a worker that is killed again and again loses nothing and doubles nothing (FAULT_SEED=${seed})`, async () => {
  const random = seededRandom(seed)
  const executionIds = [await engine.startExecution(flow)]
  for (let kill = 0; kill < kills; kill++) {
    await hasBegun(executionIds.at(-1)!)
    await delay(random() * 1500)
    await killAndStart()
    executionIds.push(await engine.startExecution(flow))
  }
  await Promise.all(executionIds.map(id => engine.result(id)))
  const executions = await Promise.all(executionIds.map(id => engine.read(id)))
  for (const execution of executions) expectWhole(execution)
  const cutOff = executions.flatMap(({ logs }) => logs.filter(({ message }) => /worker was lost/.test(message)))
  expect(cutOff.length).toBeGreaterThan(0)
  await expectMetrics(executionIds)

  // What the killed ones left is swept when the next one starts.
  expect(await leftFolders()).not.toEqual([])
  await killAndStart()
  expect(execFileSync('ps', ['-eo', 'args']).toString()).not.toContain(mark)
  await expect.poll(leftFolders, { timeout: 60_000 }).toEqual([])
}, 600_000)

/** A script of it writes: whenever the worker is killed from now on, there is something to lose. */
async function hasBegun(executionId: string): Promise<void> {
  const where = { executionId, message: { endsWith: ' line 1' } }
  await expect.poll(() => engine.db.log.count({ where }), { timeout: 60_000 }).toBeGreaterThan(0)
}

async function killAndStart(): Promise<void> {
  process.kill(stack.worker.pid, 'SIGKILL')
  await stack.worker.exited
  stack.worker = await startWorker({ env: stack.env, log: () => {}, bundle: await buildWorker(() => {}) })
}

function expectWhole(execution: RecordedExecution): void {
  expect(execution.state).toBe('SUCCESS')
  expect(execution.outputs).toEqual({ count: 3 * lines })
  expect(execution.taskRuns.map(({ taskId }) => taskId).sort()).toEqual(taskIds)
  for (const run of execution.taskRuns) {
    expect(run.states).toEqual(['CREATED', 'RUNNING', 'SUCCESS'])
    expect(run.attempts.length).toBeLessThan(2)
    if (run.taskId.length === 1) expectWholeLog(execution, run.id)
    if (run.taskId === 'note') expectNoteOfEachTry(execution, run.id)
  }
}

/** The last try wrote all its lines; each try before it the first of them, none twice. */
function expectWholeLog({ logs }: RecordedExecution, taskRunId: string): void {
  const tries = new Map<string, number[]>()
  for (const { message } of logs.filter(log => log.taskRunId === taskRunId)) {
    const [, name, line] = /^(\d+) line (\d+)$/.exec(message) ?? []
    if (name !== undefined) tries.set(name, [...(tries.get(name) ?? []), Number(line)])
  }
  const numbers = [...tries.values()]
  expect(numbers.at(-1)).toHaveLength(lines)
  for (const written of numbers) expect(written).toEqual(written.map((_, index) => index + 1))
  const warnings = logs.filter(log => log.taskRunId === taskRunId && /worker was lost/.test(log.message))
  expect(warnings.length).toBeGreaterThanOrEqual(numbers.length - 1)
}

function expectNoteOfEachTry({ logs }: RecordedExecution, taskRunId: string): void {
  const messages = logs.filter(log => log.taskRunId === taskRunId).map(({ message }) => message)
  const notes = messages.filter(message => message === 'noted').length
  expect(messages.at(-1)).toBe('noted')
  expect(notes).toBeLessThanOrEqual(messages.length - notes + 1)
}

/** Of the try that counts only. */
async function expectMetrics(executionIds: string[]): Promise<void> {
  const metrics = await engine.db.metric.groupBy({
    by: ['executionId', 'taskId'],
    where: { executionId: { in: executionIds }, name: 'batches' },
    _sum: { value: true },
  })
  expect(metrics.map(({ _sum }) => _sum.value)).toEqual(executionIds.flatMap(() => [6, 6, 6]))
}

/** Folders of tasks, below that of this installation. One whose making was cut short has no key, and is left for a while. */
async function leftFolders(): Promise<string[]> {
  const root = join(folder, 'millrace-work')
  const [installation = '', ...others] = await readdir(root)
  expect(others).toEqual([])
  const tasks = join(root, installation, 'tasks')
  return (await readdir(tasks)).filter(name => existsSync(join(tasks, name, 'key.json')))
}

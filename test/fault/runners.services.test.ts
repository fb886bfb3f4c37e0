import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createStorage } from '#db/storage'
import { parseStorageUri } from '#db/storage/uri'
import { buildWorker } from '#infra/local/build'
import { startWorker } from '#infra/local/worker'
import { canStartDocker } from '../harness/docker'
import { Engine, type RecordedExecution } from '../harness/engine'
import { testKubeconfig } from '../harness/kubernetes'
import { seededRandom } from '../harness/seeded-random'
import { startTestStack, type TestStack } from '../harness/stack'
import { type Place, type Stage, startContainers, startJobs, startProcesses } from './runner-places'

/** All stages take a quarter of an hour on two cores: without it each run of the tests takes some of them, by its seed. */
const isWhole = process.env.FAULT_ALL === '1'
const scripts = isWhole ? 100 : 40
const stagesOfARun = 4
const lines = 40
const seed = Number(process.env.FAULT_SEED ?? Date.now() % 100_000)

const kubeconfig = testKubeconfig()
const places: { name: string; isAdopted: boolean; start(): Promise<Place> }[] = [
  { name: 'process', isAdopted: false, start: startProcesses },
  ...(canStartDocker() ? [{ name: 'docker', isAdopted: true, start: startContainers }] : []),
  ...(kubeconfig === undefined ? [] : [{ name: 'kubernetes', isAdopted: true, start: () => startJobs(kubeconfig) }]),
]

describe.each(places)(`${scripts} scripts of the $name runner`, ({ isAdopted, start }) => {
  let place: Place
  let stack: TestStack
  let engine: Engine
  let kills = 0
  /** Of each task run: how often it may have been started besides the first time. */
  const again = new Map<string, number>()

  beforeAll(async () => {
    place = await start()
    stack = await startTestStack({ env: { MILLRACE_TASK_SLOTS: '10', ...place.env } })
    const { databaseUrl, temporal, tenant } = stack
    await place.watch(tenant.id)
    engine = await Engine.attach({
      databaseUrl,
      tenantId: tenant.id,
      temporalAddress: temporal.address,
      namespace: temporal.namespace,
    })
  }, 600_000)
  afterAll(async () => {
    await engine?.stop()
    await stack?.stop()
    await place?.stop()
  }, 60_000)

  /** Says which start of it writes. */
  function flow(count: number): string {
    const script = `try=$(cat /proc/sys/kernel/random/uuid); ${place.tell('started')}
for i in $(seq 1 ${lines}); do
  echo "$try $i"; echo "$try $i" >&2
  [ $((i % 10)) -ne 0 ] || sleep 0.2
  [ $i -ne 20 ] || { ${place.tell('half')}; }
done
echo "of {{ taskrun.value }}" > result.txt
echo '::{"outputs":{"value":"{{ taskrun.value }}"}}::'
${place.tell('ended')}`
    const task = {
      id: 'script',
      type: 'io.kestra.plugin.scripts.shell.Commands',
      containerImage: 'busybox:1',
      taskRunner: { type: place.taskRunner },
      outputFiles: ['result.txt'],
      commands: [script],
    }
    return JSON.stringify({
      id: 'many',
      namespace: 'company.team',
      tasks: [
        {
          id: 'each',
          type: 'io.kestra.plugin.core.flow.ForEach',
          concurrencyLimit: 0,
          values: Array.from({ length: count }, (_, index) => String(index)),
          tasks: [task],
        },
      ],
    })
  }

  async function killedAt(stage: Stage): Promise<void> {
    await stage(() => process.kill(stack.worker.pid, 'SIGKILL'))
    await stack.worker.exited
    kills++
    const removed = place.removed()
    const where = { tenantId: stack.tenant.id, taskId: 'script', state: { in: ['CREATED', 'RUNNING'] } }
    for (const { id } of await engine.db.taskRun.findMany({ where, select: { id: true } })) {
      if (removed.has(id)) again.set(id, (again.get(id) ?? 0) + 1)
    }
    await startAgain()
  }

  /** As the supervisor does: a machine under load may not let one come up in time. */
  async function startAgain(): Promise<void> {
    const bundle = await buildWorker(() => {})
    for (let tries = 1; ; tries++) {
      try {
        stack.worker = await startWorker({ env: stack.env, log: () => {}, bundle })
        return
      } catch (error) {
        // The error's own lines name the bundle, which the test's runner would take for a source.
        const message = (error as Error).message.slice(0, 2000)
        if (tries === 5) throw new Error(message.replaceAll(/^\s*at .*$/gm, ''))
        console.warn(message)
      }
    }
  }

  /** While nobody else can write the rows of task runs, their files are stored and they can't end. */
  async function beforeTheEndIsRecorded(kill: () => void): Promise<void> {
    const client = new pg.Client({ connectionString: stack.databaseUrl })
    await client.connect()
    try {
      for (;;) {
        await client.query('begin')
        const { rows } = await client.query<{ id: string }>(
          "select id from task_run where state = 'RUNNING' and task_id = 'script' for update",
        )
        const stored = await storedResults()
        const isNew = (id: string) => !stored.has(id)
        const held = rows.map(({ id }) => id).filter(isNew)
        // Those of a lost worker do nothing for a while.
        for (let tries = 0; tries < 100 && held.every(isNew); tries++) {
          await delay(20)
          for (const id of await storedResults()) stored.add(id)
        }
        if (!held.every(isNew)) break
        await client.query('rollback')
        await delay(200)
      }
      kill()
    } finally {
      await client.end()
    }
  }

  async function storedResults(): Promise<Set<string>> {
    const paths = await readdir(stack.storageDir, { recursive: true })
    return new Set(paths.filter(path => path.endsWith('/result.txt')).map(path => path.split('/').at(-2)!))
  }

  test(`each ends once, whatever its worker dies of (FAULT_SEED=${seed})`, async () => {
    const random = seededRandom(seed)
    const stages = { ...place.stages, 'before the end is recorded': beforeTheEndIsRecorded }
    const all = Object.entries(stages).map(([name, stage]) => ({ name, stage, at: random() }))
    // Before others were hit there is nothing to adopt.
    for (const one of all) if (one.name.includes('adopted')) one.at += 1
    all.sort((a, b) => a.at - b.at)
    const inOrder = isWhole ? all : all.slice(0, stagesOfARun)
    const source = flow(Math.ceil(scripts / inOrder.length))
    const ids: string[] = []
    const allEnded = () => Promise.all(ids.map(id => engine.result(id)))
    for (const { name, stage } of inOrder) {
      const killed = killedAt(stage).then(() => true)
      // Each stage has scripts that come to it; all may have passed it before somebody looked.
      let isHit = false
      for (let tries = 0; tries < 5 && !isHit; tries++) {
        ids.push(await engine.startExecution(source))
        isHit = await Promise.race([killed, allEnded().then(() => false)])
      }
      expect(isHit, `killed ${name}`).toBe(true)
    }
    await allEnded()
    const starts = place.starts()
    const read = await Promise.all(ids.map(id => engine.read(id)))
    for (const execution of read) await expectWhole(execution, starts)
    expect(starts.size).toBeGreaterThanOrEqual(scripts)
  }, 1_800_000)

  test('nothing is left of them once the next worker has swept', async () => {
    process.kill(stack.worker.pid, 'SIGKILL')
    await stack.worker.exited
    await startAgain()
    await expect.poll(() => place.left(), { timeout: 120_000 }).toEqual([])
    await expect.poll(leftFolders, { timeout: 120_000 }).toEqual([])
  }, 300_000)

  async function expectWhole(execution: RecordedExecution, starts: Map<string, number>): Promise<void> {
    expect(execution.state).toBe('SUCCESS')
    const runs = execution.taskRuns.filter(({ taskId }) => taskId === 'script')
    const storage = createStorage(stack.env.STORAGE_URL!)
    for (const { id, value, states, attempts, outputs } of runs) {
      expect(states).toEqual(['CREATED', 'RUNNING', 'SUCCESS'])
      expect(attempts.length).toBeLessThan(2)
      const { outputFiles, vars } = outputs as { outputFiles: Record<string, string>; vars: object }
      expect(vars).toEqual({ value })
      const stored = await storage.open(stack.tenant.id, parseStorageUri(outputFiles['result.txt']!)!)
      expect((await buffer(stored)).toString()).toBe(`of ${value}\n`)
      const most = 1 + (isAdopted ? (again.get(id) ?? 0) : kills)
      expect(starts.get(id) ?? 0).toBeGreaterThan(0)
      expect(starts.get(id)).toBeLessThanOrEqual(most)
      const logs = execution.logs.filter(({ taskRunId }) => taskRunId === id)
      for (const level of ['INFO', 'ERROR'])
        expectWholeLog(
          logs.filter(log => log.level === level),
          most,
        )
    }
  }

  /** The last start wrote all its lines, each before it the first of them; none twice. */
  function expectWholeLog(logs: RecordedExecution['logs'], most: number): void {
    const written = new Map<string, number[]>()
    for (const { message } of logs) {
      const [, start, line] = /^([0-9a-f-]{36}) (\d+)$/.exec(message) ?? []
      if (start !== undefined) written.set(start, [...(written.get(start) ?? []), Number(line)])
    }
    const numbers = [...written.values()]
    expect(numbers.length).toBeLessThanOrEqual(most)
    expect(numbers.at(-1)).toHaveLength(lines)
    for (const of of numbers) expect(of).toEqual(of.map((_, index) => index + 1))
  }

  /** But for those whose making was cut off, which have no key: they go once they are old enough to be nobody's. */
  async function leftFolders(): Promise<string[]> {
    const root = join(stack.env.TMPDIR!, 'millrace-work')
    const [installation = ''] = await readdir(root)
    const tasks = join(root, installation, 'tasks')
    const names = await readdir(tasks)
    const keys = await Promise.all(names.map(name => readFile(join(tasks, name, 'key.json'), 'utf8').catch(() => '')))
    return names.filter((_name, index) => keys[index] !== '')
  }
})

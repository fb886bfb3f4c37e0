import { execFileSync, spawn } from 'node:child_process'
import { randomInt, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canStartDocker, startDocker, type TestDocker } from '../../test/harness/docker'
import { loadKubeConfig, testKubeconfig, testRunnerOptions } from '../../test/harness/kubernetes'
import { prepareRequest, recordEvents } from '../../test/harness/runner-kit'
import { createDockerRunner } from './docker'
import { createKubernetesRunner } from './kubernetes'
import { connectCluster, execToEnd } from './kubernetes/cluster'
import { createProcessRunner } from './process'
import type { RunnerRequest } from './runner'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'millrace-death-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

/** Starts a worker on a request, waits for its first line, and kills it as the kernel would. */
async function killWorkerDuring(name: string, instance: string, place: string, request: RunnerRequest): Promise<void> {
  const victim = join(import.meta.dirname, '../../test/harness/runner-victim.ts')
  const args = ['--import', 'tsx', victim, name, instance, place, JSON.stringify(request)]
  const worker = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(createInterface(worker.stdout), 'line')
  worker.kill('SIGKILL')
  await once(worker, 'exit')
}

async function eventually(check: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    if (check()) return
    await delay(20)
  }
  throw new Error('did not come true within 10 s')
}

const isRunning = (mark: string) => execFileSync('ps', ['-eo', 'args']).toString().includes(mark)

describe('a process', () => {
  test('ends with its worker, children included', async () => {
    const seconds = 1_000_000 + randomInt(1_000_000)
    const request = await prepareRequest(root, `sleep ${seconds}.1 & echo ready; sleep ${seconds}.2`)
    await killWorkerDuring('process', randomUUID(), '', request)
    await eventually(() => !isRunning(`sleep ${seconds}`))
  })

  test('that left its session is found by the sweep, unless its task run is live', async () => {
    const instance = randomUUID()
    const seconds = 1_000_000 + randomInt(1_000_000)
    const request = await prepareRequest(root, `setsid sleep ${seconds}.1 & sleep 0.1; echo ready; sleep ${seconds}.2`)
    await killWorkerDuring('process', instance, '', request)
    await eventually(() => !isRunning(`sleep ${seconds}.2`))
    const runner = createProcessRunner({ instance })
    expect(await createProcessRunner({ instance: 'another' }).sweep(async () => false)).toBe(0)
    expect(await runner.sweep(async key => key.taskRunId === request.key.taskRunId)).toBe(0)
    expect(isRunning(`sleep ${seconds}.1`)).toBe(true)
    expect(await runner.sweep(async () => false)).toBe(1)
    await eventually(() => !isRunning(`sleep ${seconds}.1`))
  })
})

describe.skipIf(!canStartDocker())('a container', () => {
  let daemon: TestDocker
  beforeAll(async () => {
    daemon = await startDocker()
    await daemon.importImage('busybox:1')
  }, 120_000)
  afterAll(() => daemon.stop())

  const containers = () => daemon.docker.listContainers({ all: true })

  test('goes on without its worker and is adopted by the next, from its first line', async () => {
    const instance = randomUUID()
    const script = `echo "started $$ $(date +%s%N)"; while [ ! -e go ]; do sleep 0.05; done; echo result > result.txt; echo done`
    const request = await prepareRequest(root, script, { outputFiles: ['result.txt'] })
    await killWorkerDuring('docker', instance, daemon.socketPath, request)
    const [left] = await containers()
    const logsBefore = await daemon.docker.getContainer(left?.Id ?? '').logs({ stdout: true })

    const runner = createDockerRunner({ instance, docker: daemon.docker })
    const recorded = recordEvents()
    const next = { ...request, hostDir: (await prepareRequest(root, '')).hostDir }
    const running = runner.run(next, recorded.events, new AbortController().signal)
    const first = await recorded.seen(/started/)
    expect(logsBefore.toString()).toContain(first)
    await daemon.docker
      .getContainer(left?.Id ?? '')
      .exec({ Cmd: ['touch', '/millrace/work/go'] })
      .then(exec => exec.start({}))
    expect(await running).toMatchObject({ exitCode: 0, details: { containerId: left?.Id } })
    expect(recorded.text('stdout')).toEqual([first, 'done'])
    expect(recorded.notices.join()).toContain('earlier worker')
    expect(await readFile(join(next.hostDir, 'result.txt'), 'utf8')).toBe('result\n')
    expect(await containers()).toEqual([])
  }, 60_000)

  test('is removed by the sweep when its task run is over', async () => {
    const instance = randomUUID()
    const request = await prepareRequest(root, 'echo ready; sleep 1000')
    await killWorkerDuring('docker', instance, daemon.socketPath, request)
    const runner = createDockerRunner({ instance, docker: daemon.docker })
    const other = createDockerRunner({ instance: 'another', docker: daemon.docker })
    expect(await other.sweep(async () => false)).toBe(0)
    expect(await runner.sweep(async key => key.taskRunId === request.key.taskRunId)).toBe(0)
    expect(await containers()).toHaveLength(1)
    expect(await runner.sweep(async () => false)).toBe(1)
    expect(await containers()).toEqual([])
  }, 60_000)
})

const kubeconfig = testKubeconfig()

const grants = [
  ['a Job', {}],
  ['a warm pod', { warm: { pods: 2, uses: 100, idleMs: 600_000 } }],
] as const

describe.skipIf(kubeconfig === undefined).each(grants)('%s', (_name, grant) => {
  const tenantId = `t-${randomInt(1_000_000)}`
  const namespace = `millrace-test-${tenantId}`
  const cluster = () => connectCluster(loadKubeConfig(kubeconfig!))
  const runnerOf = (instance: string) => createKubernetesRunner(testRunnerOptions(instance, kubeconfig!))
  const jobs = async () => (await cluster().batch.listNamespacedJob({ namespace })).items
  afterAll(async () => {
    await cluster()
      .core.deleteNamespace({ name: namespace })
      .catch(() => undefined)
  })

  async function prepare(script: string, outputFiles: string[] = []): Promise<RunnerRequest> {
    const request = await prepareRequest(root, script, { outputFiles })
    return { ...request, key: { ...request.key, tenantId }, grant: { ...request.grant, ...grant } }
  }

  test('goes on without its worker and is adopted by the next, from its first line', async () => {
    const instance = randomUUID()
    const script =
      'echo "started $$ $(date +%s)"; while [ ! -e go ]; do sleep 0.05; done; echo result > result.txt; echo done'
    const request = await prepare(script, ['result.txt'])
    await killWorkerDuring('kubernetes', instance, kubeconfig!, request)
    const [left] = await jobs()

    const recorded = recordEvents()
    const next = { ...request, hostDir: (await prepareRequest(root, '')).hostDir }
    const running = runnerOf(instance).run(next, recorded.events, new AbortController().signal)
    const first = await recorded.seen(/started/)
    const { items } = await cluster().core.listNamespacedPod({ namespace })
    const ref = { namespace, pod: items[0]!.metadata!.name!, container: 'files' }
    await execToEnd(cluster(), ref, { command: ['touch', '/millrace/work/go'], what: 'go on' })
    expect(await running).toMatchObject({ exitCode: 0, details: { jobName: left!.metadata!.name, podName: ref.pod } })
    expect(recorded.text('stdout')).toEqual([first, 'done'])
    expect(recorded.notices.join()).toContain('earlier worker')
    expect(await readFile(join(next.hostDir, 'result.txt'), 'utf8')).toBe('result\n')
    await expect.poll(jobs, { timeout: 20_000 }).toEqual([])
  }, 240_000)

  test('is removed by the sweep when its task run is over, with its Secret', async () => {
    const instance = randomUUID()
    const request = await prepare('echo ready; sleep 1000')
    await killWorkerDuring('kubernetes', instance, kubeconfig!, request)
    expect(await runnerOf('another').sweep(async () => false)).toBe(0)
    expect(await runnerOf(instance).sweep(async key => key.taskRunId === request.key.taskRunId)).toBe(0)
    expect(await jobs()).toHaveLength(1)
    expect(await runnerOf(instance).sweep(async () => false)).toBe(1)
    await expect.poll(jobs, { timeout: 20_000 }).toEqual([])
    expect((await cluster().core.listNamespacedSecret({ namespace })).items).toEqual([])
  }, 240_000)
})

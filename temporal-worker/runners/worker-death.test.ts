import { execFileSync } from 'node:child_process'
import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canStartDocker, startDocker, type TestDocker } from '../../test/harness/docker'
import { killWorkerDuring } from '../../test/harness/kill-worker'
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

const isRunning = (mark: string) => () => execFileSync('ps', ['-eo', 'args']).toString().includes(mark)

// A worker that is to be killed has to start first, which takes long on a busy machine.
const limit = { timeout: 240_000 }

describe('a process', limit, () => {
  test('ends with its worker, children included', async () => {
    const seconds = 1_000_000 + randomInt(1_000_000)
    const request = await prepareRequest(root, `sleep ${seconds}.1 & echo ready; sleep ${seconds}.2`)
    await killWorkerDuring('process', randomUUID(), '', request)
    await expect.poll(isRunning(`sleep ${seconds}`)).toBe(false)
  })

  test('that left its session is found by the sweep, unless its task run is live', async () => {
    const instance = randomUUID()
    const seconds = 1_000_000 + randomInt(1_000_000)
    const request = await prepareRequest(
      root,
      `setsid sh -c 'echo ready; exec sleep ${seconds}.1' & sleep ${seconds}.2`,
    )
    await killWorkerDuring('process', instance, '', request)
    await expect.poll(isRunning(`sleep ${seconds}.2`)).toBe(false)
    const runner = createProcessRunner({ instance })
    expect(await createProcessRunner({ instance: 'another' }).sweep(async () => false)).toBe(0)
    expect(await runner.sweep(async key => key.taskRunId === request.key.taskRunId)).toBe(0)
    expect(isRunning(`sleep ${seconds}.1`)()).toBe(true)
    expect(await runner.sweep(async () => false)).toBe(1)
    await expect.poll(isRunning(`sleep ${seconds}.1`)).toBe(false)
  })
})

describe.skipIf(!canStartDocker())('a container', limit, () => {
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
  })

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
  })
})

const kubeconfig = testKubeconfig()

const grants = [
  ['a Job', {}],
  ['a warm pod', { warm: { pods: 2, uses: 100, idleMs: 600_000 } }],
] as const

describe.skipIf(kubeconfig === undefined).each(grants)('%s', limit, (_name, grant) => {
  const tenantId = `t-${randomBytes(4).toString('hex')}`
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
  })

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
  })
})

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
import { prepareRequest, recordEvents } from '../../test/harness/runner-kit'
import { createDockerRunner } from './docker'
import { createProcessRunner } from './process'
import type { RunnerRequest } from './runner'

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'millrace-death-'))
})
afterAll(() => rm(root, { recursive: true, force: true }))

/** Starts a worker on a request, waits for its first line, and kills it as the kernel would. */
async function killWorkerDuring(
  name: string,
  instance: string,
  socketPath: string,
  request: RunnerRequest,
): Promise<void> {
  const victim = join(import.meta.dirname, '../../test/harness/runner-victim.ts')
  const args = ['--import', 'tsx', victim, name, instance, socketPath, JSON.stringify(request)]
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

  const policy = { volumes: false, privileged: false, hostNetwork: true }
  const containers = () => daemon.docker.listContainers({ all: true })

  test('goes on without its worker and is adopted by the next, from its first line', async () => {
    const instance = randomUUID()
    const script = `echo "started $$ $(date +%s%N)"; while [ ! -e go ]; do sleep 0.05; done; echo result > result.txt; echo done`
    const request = await prepareRequest(root, script, { outputFiles: ['result.txt'] })
    await killWorkerDuring('docker', instance, daemon.socketPath, request)
    const [left] = await containers()
    const logsBefore = await daemon.docker.getContainer(left?.Id ?? '').logs({ stdout: true })

    const runner = createDockerRunner({ instance, docker: daemon.docker, policy })
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
    const runner = createDockerRunner({ instance, docker: daemon.docker, policy })
    const other = createDockerRunner({ instance: 'another', docker: daemon.docker, policy })
    expect(await other.sweep(async () => false)).toBe(0)
    expect(await runner.sweep(async key => key.taskRunId === request.key.taskRunId)).toBe(0)
    expect(await containers()).toHaveLength(1)
    expect(await runner.sweep(async () => false)).toBe(1)
    expect(await containers()).toEqual([])
  }, 60_000)
})

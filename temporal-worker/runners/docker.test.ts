import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Docker from 'dockerode'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canStartDocker, startDocker, type TestDocker } from '../../test/harness/docker'
import { startRegistry } from '../../test/harness/registry'
import { prepareRequest, recordEvents } from '../../test/harness/runner-kit'
import { createDockerRunner } from './docker'
import { normalizeLabel } from './labels'
import { type Runner, type RunnerRequest, RunnerRequestError } from './runner'

describe('labels', () => {
  test.each([
    ['company.team', 'company.team'],
    ['with space/and:more', 'with-space-and-more'],
    ['-edge-', 'edge'],
    ['x'.repeat(80), 'x'.repeat(63)],
    ['', ''],
  ])('%s becomes %s', (value, label) => {
    expect(normalizeLabel(value)).toBe(label)
  })
})

test('where no daemon is, there is nothing to sweep', async () => {
  const docker = new Docker({ socketPath: join(tmpdir(), `${randomUUID()}.sock`) })
  const runner = createDockerRunner({ instance: 'alone', docker })
  expect([await runner.isAvailable(), await runner.sweep(async () => false)]).toEqual([false, 0])
})

describe.skipIf(!canStartDocker())('containers', () => {
  let daemon: TestDocker
  let root: string
  let runner: Runner

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'millrace-docker-test-'))
    daemon = await startDocker()
    await daemon.importImage('busybox:1')
    runner = createDockerRunner({ instance: randomUUID(), docker: daemon.docker })
  }, 120_000)
  afterAll(async () => {
    expect(await daemon.docker.listContainers({ all: true })).toEqual([])
    await daemon.stop()
    await rm(root, { recursive: true, force: true })
  })

  async function run(script: string, more: Partial<RunnerRequest> = {}) {
    const request = await prepareRequest(root, script, more)
    const recorded = recordEvents()
    const result = await runner.run(request, recorded.events, new AbortController().signal)
    return { ...recorded, result, request }
  }

  const eatMemory = ['/bin/sh', '-c', 'exec tail -c 200m /dev/zero']

  test('out of memory is told from other ends', async () => {
    const { result } = await run('', { command: eatMemory, options: { memory: { memory: '20MB' } } })
    expect(result).toMatchObject({ reason: 'oom', exitCode: 137 })
  })

  test("the operator's limit holds against a larger one of the task", async () => {
    const { result } = await run('', {
      command: eatMemory,
      options: { memory: { memory: '4GB' } },
      limits: { killGraceMs: 0, memoryBytes: 20 * 1024 ** 2 },
    })
    expect(result.reason).toBe('oom')
  })

  test('a fork bomb meets its limit, and others go on', async () => {
    const bomb = 'i=0; while [ $i -lt 200 ]; do sleep 60 & i=$((i+1)); done; echo all started'
    const [bombed, other] = await Promise.all([run(bomb, { limits: { killGraceMs: 0, pids: 50 } }), run('echo fine')])
    expect(bombed.result.exitCode).not.toBe(0)
    expect(bombed.text('stderr').join()).toMatch(/fork/)
    expect(other.text('stdout')).toEqual(['fine'])
  }, 30_000)

  test.each([
    ['IF_NOT_PRESENT', 'no.such.registry.invalid/image:1', /can't be pulled/],
    ['NEVER', 'absent:1', /pullPolicy is NEVER/],
    ['ALWAYS', 'no.such.registry.invalid/image', /can't be pulled/],
    ['IF_NOT_PRESENT', 'UPPER:case', /refused|can't be pulled|invalid reference/],
  ])(
    '%s: image %s is the reason',
    async (pullPolicy, image, message) => {
      const { result, notices } = await run('echo', { image, options: { pullPolicy } })
      expect(result).toMatchObject({ reason: 'image', exitCode: 125 })
      expect(notices.join('\n')).toMatch(message)
      expect(notices.join('\n')).toContain(image)
    },
    60_000,
  )

  test.each([
    ['no login', undefined, {}],
    ['credentials', 'ada:secret', { credentials: { username: 'ada', password: 'secret' } }],
    ['a configuration', 'ada:secret', 'config'],
  ])(
    'pulls an image and says so: %s',
    async (_name, login, wanted) => {
      const registry = await startRegistry({ folder: await daemon.shellFolder(), ...(login && { login }) })
      const image = `${registry.host}/busybox:1`
      const auth = Buffer.from(login ?? '').toString('base64')
      const config = JSON.stringify({ auths: { [registry.host]: { auth } } })
      try {
        const options = typeof wanted === 'string' ? { config } : wanted
        const { text, notices, result } = await run('echo pulled', { image, options })
        expect(notices).toEqual([
          `INFO Pulling image ${image}`,
          expect.stringMatching(/^INFO Pulled image .* in [\d.]+ s$/),
        ])
        expect(result.exitCode).toBe(0)
        expect(text('stdout')).toEqual(['pulled'])
        expect((await run('echo again', { image, options })).notices).toEqual([])
        expect(
          (await run('echo always', { image, options: { ...options, pullPolicy: 'ALWAYS' } })).notices,
        ).toHaveLength(2)
        await daemon.docker.getImage(image).remove({ force: true })
        if (login === undefined) return
        const refused = await run('echo', { image, options: { credentials: { username: 'ada', password: 'wrong' } } })
        expect(refused.result).toMatchObject({ reason: 'image' })
        expect(refused.notices.join()).not.toContain('wrong')
      } finally {
        await registry.stop()
      }
    },
    60_000,
  )

  test('an image that its registry does not have', async () => {
    const registry = await startRegistry({ folder: await daemon.shellFolder() })
    const { result, notices } = await run('echo', { image: `${registry.host}/absent:1` })
    expect(result).toMatchObject({ reason: 'image', exitCode: 125 })
    expect(notices.at(-1)).toMatch(/^ERROR Image .*absent:1 can't be pulled: .*(not found|unknown)/)
    await registry.stop()
  })

  test('any user of the image may use the working directory', async () => {
    const request = await prepareRequest(root, 'id -u; cat in.txt; echo more >> in.txt; echo out > out.txt', {
      options: { user: '1000:1000' },
      outputFiles: ['*.txt'],
    })
    await writeFile(join(request.hostDir, 'in.txt'), 'input\n', { mode: 0o600 })
    const recorded = recordEvents()
    const result = await runner.run(request, recorded.events, new AbortController().signal)
    expect(recorded.text('stderr')).toEqual([])
    expect(result.exitCode).toBe(0)
    expect(recorded.text('stdout')).toEqual(['1000', 'input'])
    expect(await readFile(join(request.hostDir, 'out.txt'), 'utf8')).toBe('out\n')
  })

  test.each([
    [{ volumes: ['/:/host'] }, /"volumes" is not allowed/],
    [{ privileged: true }, /"privileged" is not allowed/],
    [{ networkMode: 'host' }, /networkMode: host/],
    [{ host: 'tcp://10.0.0.1:2375' }, /"host" is not allowed/],
    [{ memory: { memory: 'much' } }, /not a size/],
    [{ pullPolicy: 'SOMETIMES' }, /pullPolicy/],
    [{ wait: false }, /wait: false/],
  ])('%j is refused', async (options, message) => {
    const failure = await run('echo', { options }).catch(error => error)
    expect(failure).toBeInstanceOf(RunnerRequestError)
    expect(failure.message).toMatch(message)
  })

  test('takes shmSize, extraHosts, cpu and entryPoint', async () => {
    const { text } = await run('', {
      command: ['-c', 'df -m /dev/shm | tail -1; grep example /etc/hosts'],
      options: {
        shmSize: '8MB',
        extraHosts: ['example.internal:10.1.2.3'],
        cpu: { cpus: 0.5 },
        entryPoint: ['/bin/sh'],
      },
    })
    expect(text('stdout').join('\n')).toMatch(/\s8\s[\s\S]*10\.1\.2\.3\s+example\.internal/)
  })

  test('a container that its flow keeps stays, and the sweep lets it', async () => {
    const { result } = await run('echo kept', { options: { delete: false } })
    expect(await runner.sweep(async () => false)).toBe(0)
    const container = daemon.docker.getContainer(result.details.containerId ?? '')
    expect((await container.inspect()).Config.Labels).toMatchObject({ 'kestra.io/namespace': 'company.team' })
    await container.remove()
  })
})

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { denied, type RecordedAzure, startAzure } from '../../test/harness/recorded/azure'
import { packOutputs, unpack } from '../../test/harness/recorded/machine'
import { prepareRequest, recordEvents } from '../../test/harness/runner-kit'
import { createAzureBatchRunner } from './azure-batch'
import { outputFolder, type RunnerRequest } from './runner'

type Json = { [name: string]: unknown }
type Node = {
  kit: Record<string, string>
  say(stdout: string, stderr?: string): void
  leave(files: Record<string, string>): Promise<void>
  end(executionInfo: Json): void
}

const key = Buffer.from('a key of 64 bytes, as Azure makes them').toString('base64')

describe('the azure-batch runner, against recorded exchanges', { timeout: 120_000 }, () => {
  let root: string
  let azure: RecordedAzure
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'millrace-azure-'))
  })
  afterAll(() => rm(root, { recursive: true, force: true }))
  beforeEach(async () => {
    azure = await startAzure()
  })
  afterEach(async () => {
    await azure.stop()
    expect(azure.unexpected).toEqual([])
  })

  const url = () => `http://${azure.host}:${azure.port}`
  const options = (): Json => ({
    account: 'team',
    accessKey: key,
    endpoint: url(),
    poolId: 'pool',
    blobStorage: {
      containerName: 'files',
      connectionString: `DefaultEndpointsProtocol=http;AccountName=account;AccountKey=${key};BlobEndpoint=${url()}/account`,
    },
    completionCheckInterval: 'PT0.1S',
  })

  /** Plays the node of the one task: what it tells of its own failure is the test's failure, too. */
  function play(node: (node: Node) => Promise<void>) {
    let failure: unknown
    azure.onTask = (jobId, spec) => {
      const job = azure.jobs.get(jobId)
      if (!job) throw new Error('no job')
      const files = spec.resourceFiles as { httpUrl: string; filePath: string }[]
      const fetchFile = async (name: string) => {
        const answer = await fetch(files.find(({ filePath }) => filePath === name)?.httpUrl ?? '')
        if (!answer.ok) throw new Error(`${name} can't be read: ${answer.status}`)
        return Readable.fromWeb(answer.body as never)
      }
      const append = (path: string, text: string) => {
        job.files.set(path, Buffer.concat([job.files.get(path) ?? Buffer.alloc(0), Buffer.from(text)]))
      }
      const run = async () => {
        const kit = await unpack((await fetchFile('kit.tar.gz')).pipe(createGunzip()))
        await (await fetchFile('start.sh')).resume().toArray()
        job.task = { id: 'main', state: 'running', executionInfo: { retryCount: 0, requeueCount: 0 } }
        await node({
          kit,
          say(stdout, stderr = '') {
            append('stdout.txt', stdout)
            append('stderr.txt', stderr)
          },
          async leave(outputs) {
            job.files.set('wd/outputs.tar', await packOutputs(outputs))
          },
          end(executionInfo) {
            const counts = { retryCount: 0, requeueCount: 0 }
            job.task = { id: 'main', state: 'completed', executionInfo: { ...counts, ...executionInfo } }
          },
        })
      }
      run().catch(error => {
        failure = error
        job.task = { id: 'main', state: 'completed' }
      })
    }
    return { check: () => expect(failure).toBeUndefined() }
  }

  async function begin(more: Partial<RunnerRequest> = {}, changed: Json = {}) {
    const request = await prepareRequest(root, 'echo hello', { options: { ...options(), ...changed }, ...more })
    const recorded = recordEvents()
    const abort = new AbortController()
    const runner = createAzureBatchRunner({ instance: 'test' })
    return { ...recorded, request, abort, runner, start: () => runner.run(request, recorded.events, abort.signal) }
  }

  test('carries the command, its log and its files, and leaves nothing', async () => {
    let spec = ''
    const machine = play(async ({ kit, say, leave, end }) => {
      spec = JSON.stringify([...azure.jobs.values()].map(job => job.spec))
      expect(kit['io/main']).toContain("export TOKEN='open '\\''sesame'")
      expect(kit['work/in put.txt']).toBe('input')
      say('one\n', 'oops\n')
      await expect
        .poll(() => [...azure.blobs.keys()], { timeout: 20_000 })
        .toEqual([expect.stringMatching(/start.sh$/)])
      say('::{"outputs":{"rows":3}}::\nla')
      say('st')
      await leave({ [`${outputFolder}/kept.bin`]: 'kept', 'a.csv': 'a;b', 'secret.txt': 'unwanted' })
      end({ exitCode: 0 })
    })
    const run = await begin({ env: { TOKEN: "open 'sesame" }, outputFiles: ['*.csv'] })
    await writeFile(join(run.request.hostDir, 'in put.txt'), 'input')
    expect(await run.start()).toMatchObject({ exitCode: 0, details: { jobId: expect.stringMatching(/^millrace-/) } })
    machine.check()
    expect(run.text('stdout')).toEqual(['one', '::{"outputs":{"rows":3}}::', 'last'])
    expect(run.text('stderr')).toEqual(['oops'])
    const read = (name: string) => readFile(join(run.request.hostDir, name), 'utf8')
    expect([await read('a.csv'), await read(`${outputFolder}/kept.bin`)]).toEqual(['a;b', 'kept'])
    await expect(read('secret.txt')).rejects.toThrow('ENOENT')
    expect(spec).toContain('busybox:1')
    expect(spec).not.toMatch(/sesame|echo hello/)
    expect([azure.jobs.size, azure.blobs.size]).toEqual([0, 0])
  })

  test('tells the exit code of a command that failed, and keeps its files', async () => {
    const machine = play(async ({ leave, end }) => {
      await leave({ 'part.txt': 'partial' })
      end({ exitCode: 3, failureInfo: { category: 'usererror', code: 'FailureExitCode', message: 'exit code 3' } })
    })
    const run = await begin({ outputFiles: ['*.txt'] })
    expect(await run.start()).toMatchObject({ exitCode: 3 })
    machine.check()
    expect(await readFile(join(run.request.hostDir, 'part.txt'), 'utf8')).toBe('partial')
  })

  test('says that an image can’t be had', async () => {
    const message = 'The image busybox:1 was not found'
    const machine = play(async ({ end }) =>
      end({ failureInfo: { category: 'usererror', code: 'ContainerInvalidImage', message } }),
    )
    const run = await begin()
    expect(await run.start()).toMatchObject({ exitCode: 125, reason: 'image' })
    machine.check()
    expect(run.notices.join('\n')).toContain(`ERROR The job ended (completed): ${message}`)
  })

  test('stops the task when it is cancelled', async () => {
    const machine = play(async ({ say }) => say('ready\n'))
    const run = await begin()
    const running = run.start()
    await run.seen(/ready/)
    run.abort.abort()
    expect(await running).toMatchObject({ reason: 'cancelled', exitCode: 137 })
    machine.check()
    expect(azure.requests.filter(each => each.endsWith('/terminate'))).not.toEqual([])
    expect([azure.jobs.size, azure.blobs.size]).toEqual([0, 0])
  })

  test('stops the task at its deadline', async () => {
    play(async ({ say }) => say('ready\n'))
    const run = await begin({ limits: { killGraceMs: 0, outputBytes: 1e9, deadlineMs: 3000 } })
    expect(await run.start()).toMatchObject({ reason: 'deadline', exitCode: 137 })
    expect([azure.jobs.size, azure.blobs.size]).toEqual([0, 0])
  })

  test('follows the job of a worker that died, from its first line', async () => {
    let release = () => {}
    const second = new Promise<void>(resolve => {
      release = resolve
    })
    const machine = play(async ({ say, end }) => {
      say('one\n')
      await second
      say('two\n')
      end({ exitCode: 0 })
    })
    const run = await begin()
    const dead = run.start()
    await run.seen(/one/)
    const again = recordEvents()
    let restarts = 0
    const events = { ...again.events, startOver: () => void restarts++ }
    const running = run.runner.run(run.request, events, new AbortController().signal)
    await again.seen(/one/)
    release()
    expect(await running).toMatchObject({ exitCode: 0 })
    await dead.catch(() => undefined)
    machine.check()
    expect(restarts).toBe(1)
    expect(again.text('stdout')).toEqual(['one', 'two'])
    expect(azure.requests.filter(each => each === 'POST /jobs')).toHaveLength(1)
  })

  test('makes way for a new job where the old one never got its task', async () => {
    const machine = play(async ({ end }) => end({ exitCode: 0 }))
    const run = await begin()
    azure.refuse.set('POST /jobs/{job}/tasks', { status: 403, json: denied.json })
    await expect(run.start()).rejects.toThrow(/Azure refused to create the job .*: Server failed to authenticate/)
    expect(azure.jobs.size).toBe(1)
    expect(await run.start()).toMatchObject({ exitCode: 0 })
    machine.check()
    expect([azure.jobs.size, azure.blobs.size]).toEqual([0, 0])
  })

  test.each<[string, Json, RegExp]>([
    ['no pool', { poolId: undefined }, /is missing.*poolId/s],
    ['no key', { accessKey: undefined }, /is missing.*accessKey/s],
    ['an endpoint that is none', { endpoint: 'team.batch' }, /no address.*endpoint/s],
    ['no storage', { blobStorage: undefined }, /is missing.*blobStorage/s],
    ['storage without a key', { blobStorage: { containerName: 'files' } }, /blobStorage needs connectionString, or/],
    [
      'a connection string without a key',
      { blobStorage: { containerName: 'files', connectionString: 'SharedAccessSignature=x' } },
      /connectionString has no AccountKey/,
    ],
  ])('refuses %s by name', async (_name, changed, message) => {
    const run = await begin({}, changed)
    await expect(run.start()).rejects.toThrow(message)
    expect(azure.requests).toEqual([])
  })

  test('says what Azure refused', async () => {
    azure.refuse.set('GET /jobs/{job}', denied)
    const run = await begin()
    await expect(run.start()).rejects.toThrow(/Azure refused to look at the job millrace-.*: Server failed to authent/)
  })
})

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { denied, type RecordedGoogle, startGoogle } from '../../test/harness/recorded/google'
import { type Kit, readKit } from '../../test/harness/recorded/machine'
import { prepareRequest, recordEvents } from '../../test/harness/runner-kit'
import { createCloudRunRunner } from './cloud-run'
import { createGoogleBatchRunner } from './google-batch'
import { outputFolder, type RunnerRequest } from './runner'

type Json = { [name: string]: unknown }
type Machine = (kit: Kit, say: (state: Json) => void) => Promise<void>

/** How the two services tell the same. */
const subjects = [
  {
    name: 'google-batch',
    create: createGoogleBatchRunner,
    version: 'v1',
    running: { status: { state: 'RUNNING' } },
    succeeded: { status: { state: 'SUCCEEDED' } },
    failed: (message: string, exitCode: number): Json => ({
      status: { state: 'FAILED', statusEvents: [{ description: 'the job failed' }] },
      task: { status: { statusEvents: [{ description: message, taskExecution: { exitCode } }] } },
    }),
  },
  {
    name: 'cloud-run',
    create: createCloudRunRunner,
    version: 'v2',
    running: { latestCreatedExecution: { name: 'run', completionStatus: 'EXECUTION_RUNNING' } },
    succeeded: {
      latestCreatedExecution: {
        name: 'run',
        completionStatus: 'EXECUTION_SUCCEEDED',
        completionTime: '2026-11-30T00:00:00Z',
      },
    },
    failed: (message: string, exitCode: number): Json => ({
      latestCreatedExecution: {
        name: 'run',
        completionStatus: 'EXECUTION_FAILED',
        completionTime: '2026-11-30T00:00:00Z',
      },
      task: { lastAttemptResult: { exitCode, status: { code: 9, message } } },
    }),
  },
]

describe.each(subjects)('the $name runner, against recorded exchanges', { timeout: 120_000 }, subject => {
  let root: string
  let google: RecordedGoogle
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'millrace-google-'))
  })
  afterAll(() => rm(root, { recursive: true, force: true }))
  beforeEach(async () => {
    google = await startGoogle()
  })
  afterEach(async () => {
    await google.stop()
    expect(google.unexpected).toEqual([])
  })

  const runner = (more: { machineCredentials?: boolean } = {}) =>
    subject.create({
      instance: 'test',
      filesImage: 'files:1',
      machineCredentials: false,
      endpoint: { host: google.host, port: google.port },
      ...more,
    })
  const options = () => ({
    region: 'europe-west9',
    bucket: 'team-bucket',
    serviceAccount: google.key,
    completionCheckInterval: 'PT0.1S',
    // Few links for the log.
    waitUntilCompletion: 'PT100S',
  })
  const kitLink = (spec: Json) => /http:[^"\\]*kit\.tar\.gz[^"\\]*/.exec(JSON.stringify(spec))?.[0] ?? ''

  /** What is told of the machine's failure is the test's failure, too. */
  function play(machine: Machine) {
    let failure: unknown
    google.onJob = (name, spec) => {
      const say = (state: Json) => {
        // A copy: what is told is changed later, as when the job is cancelled.
        Object.assign(google.jobs.get(`${subject.version}/${name}`)?.state ?? {}, structuredClone(state))
      }
      say(subject.running)
      readKit(kitLink(spec))
        .then(kit => machine(kit, say))
        .catch(error => {
          failure = error
          say(subject.failed(String(error), 1))
        })
    }
    return { check: () => expect(failure).toBeUndefined() }
  }

  async function begin(more: Partial<RunnerRequest> = {}, changed: Json = {}) {
    const request = await prepareRequest(root, 'echo hello', { options: { ...options(), ...changed }, ...more })
    const recorded = recordEvents()
    const abort = new AbortController()
    const start = () => runner().run(request, recorded.events, abort.signal)
    return { ...recorded, request, abort, start }
  }

  test('carries the command, its log and its files, and leaves nothing', async () => {
    let spec = ''
    const machine = play(async (kit, say) => {
      spec = JSON.stringify([...google.jobs.values()].map(job => job.spec))
      expect(kit.files['io/main']).toContain("export TOKEN='open '\\''sesame'")
      expect(kit.files['work/in put.txt']).toBe('input')
      await kit.say('one\n', 'oops\n')
      await kit.say('::{"outputs":{"rows":3}}::\nla')
      await kit.say('st')
      await kit.end('0', { [`${outputFolder}/kept.bin`]: 'kept', 'a.csv': 'a;b', 'secret.txt': 'unwanted' })
      say(subject.succeeded)
    })
    const run = await begin({ env: { TOKEN: "open 'sesame" }, outputFiles: ['*.csv'] })
    await writeFile(join(run.request.hostDir, 'in put.txt'), 'input')
    const result = await run.start()
    machine.check()
    expect(result).toMatchObject({ exitCode: 0, details: { jobId: expect.stringMatching(/^millrace-/) } })
    expect(run.text('stdout')).toEqual(['one', '::{"outputs":{"rows":3}}::', 'last'])
    expect(run.text('stderr')).toEqual(['oops'])
    const read = (name: string) => readFile(join(run.request.hostDir, name), 'utf8')
    expect([await read('a.csv'), await read(`${outputFolder}/kept.bin`)]).toEqual(['a;b', 'kept'])
    await expect(read('secret.txt')).rejects.toThrow('ENOENT')
    expect(spec).not.toMatch(/sesame|echo hello/)
    expect(spec).toMatch(/busybox:1.*files:1|files:1.*busybox:1/)
    expect([google.jobs.size, google.objects.size]).toEqual([0, 0])
  })

  test('tells the exit code of a command that failed, and keeps its files', async () => {
    const machine = play(async (kit, say) => {
      await kit.say('partial\n')
      await kit.end('3', { 'part.txt': 'partial' })
      say(subject.failed('exit code 3', 3))
    })
    const run = await begin({ outputFiles: ['*.txt'] })
    expect(await run.start()).toMatchObject({ exitCode: 3 })
    machine.check()
    expect(await readFile(join(run.request.hostDir, 'part.txt'), 'utf8')).toBe('partial')
  })

  test('says that an image can’t be had', async () => {
    google.onJob = name => {
      const job = google.jobs.get(`${subject.version}/${name}`)
      Object.assign(job?.state ?? {}, subject.failed('The image busybox:1 was not found', 125))
    }
    const run = await begin()
    expect(await run.start()).toMatchObject({ exitCode: 125, reason: 'image' })
    expect(run.notices.join('\n')).toContain('ERROR The job ended (')
    expect(run.notices.join('\n')).toContain('The image busybox:1 was not found')
  })

  test('stops the job when its task is cancelled', async () => {
    const machine = play(async kit => {
      await kit.say('ready\n')
      await expect.poll(() => google.requests.some(each => each.endsWith(':cancel')), { timeout: 20_000 }).toBe(true)
      await kit.say('bye\n')
      await kit.end('143')
    })
    const run = await begin()
    const running = run.start()
    await run.seen(/ready/)
    run.abort.abort()
    expect(await running).toMatchObject({ reason: 'cancelled', exitCode: 143 })
    machine.check()
    expect(run.text('stdout')).toEqual(['ready', 'bye'])
    expect([google.jobs.size, google.objects.size]).toEqual([0, 0])
  })

  test('stops the job at its deadline', async () => {
    play(async kit => {
      await expect.poll(() => google.requests.some(each => each.endsWith(':cancel')), { timeout: 20_000 }).toBe(true)
      await kit.end('143')
    })
    const run = await begin({ limits: { killGraceMs: 0, outputBytes: 1e9, deadlineMs: 3000 } })
    expect(await run.start()).toMatchObject({ reason: 'deadline' })
    expect([google.jobs.size, google.objects.size]).toEqual([0, 0])
  })

  test('follows the job of a worker that died, from its first line', async () => {
    const machine = play(async (kit, say) => {
      await kit.say('one\n')
      await expect.poll(() => google.objects.size, { timeout: 20_000 }).toBe(1)
      await second
      await kit.say('two\n')
      await kit.end('0')
      say(subject.succeeded)
    })
    let release = () => {}
    const second = new Promise<void>(resolve => {
      release = resolve
    })
    const run = await begin()
    // The first worker never comes to its end: what it would remove is removed by the second.
    const dead = run.start()
    await run.seen(/one/)
    const again = recordEvents()
    let restarts = 0
    const events = { ...again.events, startOver: () => void restarts++ }
    const running = runner().run(run.request, events, new AbortController().signal)
    await again.seen(/one/)
    release()
    expect(await running).toMatchObject({ exitCode: 0 })
    const first = await dead.catch(String)
    machine.check()
    expect(restarts, JSON.stringify([first, run.notices, google.requests])).toBe(1)
    expect(again.text('stdout')).toEqual(['one', 'two'])
    expect(google.requests.filter(each => /^POST .*\/jobs$/.test(each))).toHaveLength(1)
  })

  test('keeps what is to be kept, but no secret', async () => {
    const machine = play(async (kit, say) => {
      await kit.end('0')
      say(subject.succeeded)
    })
    const run = await begin({}, { delete: 'false' })
    expect(await run.start()).toMatchObject({ exitCode: 0 })
    machine.check()
    expect(google.jobs.size).toBe(1)
    expect([...google.objects.keys()].map(key => key.split('/').at(-1))).toEqual(['end'])
  })

  test.each<[string, Json, RegExp]>([
    ['no bucket', { bucket: undefined }, /bucket.*missing|missing.*bucket/s],
    ['no region', { region: undefined }, /missing.*region/s],
    ['no key', { serviceAccount: undefined }, /serviceAccount is missing; this installation lends/],
    ['a key that is none', { serviceAccount: '{"type":"user"}' }, /serviceAccount is not the JSON key/],
    ['a wrong duration', { waitUntilCompletion: 'soon' }, /"soon" is not a duration.*waitUntilCompletion/s],
  ])('refuses %s by name', async (_name, changed, message) => {
    const run = await begin({}, changed)
    await expect(run.start()).rejects.toThrow(message)
    expect(google.requests).toEqual([])
  })

  test('says what Google refused', async () => {
    google.refuse.set('POST/jobs', denied)
    const run = await begin()
    await expect(run.start()).rejects.toThrow(
      /Google refused to create the job millrace-.*: Permission 'jobs.create' denied/,
    )
    expect(google.objects.size).toBe(0)
  })
})

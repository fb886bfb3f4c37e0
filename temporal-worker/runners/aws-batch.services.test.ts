import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ListObjectsV2Command } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type AwsBatch, awsBatchRunner, startAwsBatch } from '../../test/harness/aws-batch'
import { canStartDocker } from '../../test/harness/docker'
import { killWorkerDuring } from '../../test/harness/kill-worker'
import { prepareRequest, recordEvents } from '../../test/harness/runner-kit'
import type { RunnerRequest } from './runner'

const never = new AbortController().signal

describe.skipIf(!canStartDocker())('the AWS Batch runner, on moto', { timeout: 300_000 }, () => {
  let aws: AwsBatch | null
  let root: string

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'millrace-aws-'))
    aws = await startAwsBatch()
  }, 400_000)
  afterAll(async () => {
    await aws?.stop()
    await rm(root, { recursive: true, force: true })
  })
  beforeEach(context => {
    if (aws === null) context.skip()
  })

  const runner = () => awsBatchRunner('test', aws?.options ?? {})
  const prepare = (script: string, more: Partial<RunnerRequest> = {}) => prepareRequest(root, script, more)

  async function run(script: string, more: Partial<RunnerRequest> = {}) {
    const recorded = recordEvents()
    const result = await runner().run(await prepare(script, more), recorded.events, never)
    return { ...recorded, result }
  }

  test.each([
    [
      'lines of both streams, opened by name too',
      'echo one > /dev/stderr; echo two | tee /dev/stdout',
      {},
      0,
      ['two', 'two'],
    ],
    ['a variable with quotes', 'echo "$WORD"', { env: { WORD: `it's "so"` } }, 0, [`it's "so"`]],
    ['where its files lie', 'echo "$BUCKET_PATH" | cut -c 1-13; exit 3', {}, 3, ['s3://jobs/mil']],
    ['the end of a killed command', `sh -c 'kill -9 $$'; exit $?`, {}, 137, []],
    ['a program that is missing', '', { command: ['/no/such/program'] }, 127, []],
    ['what goes on in the background', 'sleep 1000000 & setsid sleep 1000000 & echo left', {}, 0, ['left']],
  ])('tells %s', async (_name, script, more, exitCode, stdout) => {
    const { result, text } = await run(script, more)
    expect(result).toMatchObject({ exitCode })
    expect(text('stdout')).toEqual(stdout)
  })

  test('an image that is not there is the reason', async () => {
    const { result, notices } = await run('echo', { image: 'no-such-image:1' })
    expect(result).toMatchObject({ exitCode: 125, reason: 'image' })
    expect(notices.join()).toContain('CannotPullContainerError')
  })

  test('cuts a line of 100 MB and goes on', async () => {
    const { text } = await run(`head -c 100000000 /dev/zero | tr '\\0' x; echo; echo after`)
    expect(text('stdout')[0]).toContain('line cut: 100000000 bytes')
    expect(text('stdout')[1]).toBe('after')
  })

  test('carries files with odd names in and out', async () => {
    const script = 'for n in *.txt; do tr a-z A-Z < "$n" > "$n.out"; done; cp deep/er/a.txt .outputs/b; echo not > kept'
    const request = await prepare(script, { outputFiles: ['*.out'] })
    await mkdir(join(request.hostDir, 'deep/er'), { recursive: true })
    for (const name of ['new\nline.txt', 'новый файл.txt', 'deep/er/a.txt']) {
      await writeFile(join(request.hostDir, name), 'content')
    }
    await runner().run(request, recordEvents().events, never)
    const read = (name: string) => readFile(join(request.hostDir, name), 'utf8')
    expect(await read('new\nline.txt.out')).toBe('CONTENT')
    expect(await read('новый файл.txt.out')).toBe('CONTENT')
    expect(await read('.outputs/b')).toBe('content')
    await expect(read('kept')).rejects.toThrow('ENOENT')
  })

  test.each([
    ['at once', `trap '' TERM; echo ready; while :; do sleep 1; done`, 0, { exitCode: 137 }, ['ready']],
    [
      'with time',
      `trap 'echo bye; exit 0' TERM; echo ready; while :; do sleep 0.1; done`,
      30_000,
      { exitCode: 0 },
      ['ready', 'bye'],
    ],
  ])('is cancelled %s', async (_name, script, killGraceMs, expected, stdout) => {
    const abort = new AbortController()
    const recorded = recordEvents()
    const running = runner().run(await prepare(script, { limits: { killGraceMs } }), recorded.events, abort.signal)
    await recorded.seen(/ready/)
    abort.abort()
    expect(await running).toMatchObject({ ...expected, reason: 'cancelled' })
    expect(recorded.text('stdout')).toEqual(stdout)
  })

  test('outlives its worker and is followed by the next, from its first line; secrets are gone once it has begun', async () => {
    const request = await prepare('echo started; sleep 15; echo done')
    await killWorkerDuring('aws-batch', 'test', JSON.stringify(aws?.options), request)
    const next = recordEvents()
    const running = runner().run(request, next.events, never)
    await next.seen(/started/)
    const listing = new ListObjectsV2Command({ Bucket: 'jobs' })
    const keys = async () => ((await aws?.s3.send(listing))?.Contents ?? []).map(({ Key }) => Key)
    await expect.poll(keys, { timeout: 60_000 }).not.toContainEqual(expect.stringMatching(/kit/))
    expect(await running).toMatchObject({ exitCode: 0 })
    expect(next.text('stdout')).toEqual(['started', 'done'])
    expect(next.notices.join()).toContain('earlier worker')
  })

  test('leaves no object in the bucket', async () => {
    const left = await aws?.s3.send(new ListObjectsV2Command({ Bucket: 'jobs' }))
    expect(left?.Contents ?? []).toEqual([])
  })
})

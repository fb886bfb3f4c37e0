import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadKubeConfig, testKubeconfig } from '../../test/harness/kubernetes'
import { prepareRequest, recordEvents } from '../../test/harness/runner-kit'
import { runnerSubjects } from '../../test/harness/runner-subjects'
import { collectOutputFiles } from '../activities/command-session/output-files'
import { connectCluster } from './kubernetes/cluster'
import { outputFolder, type Runner, type RunnerRequest } from './runner'

const mebibyte = 1024 ** 2

describe.each(runnerSubjects())('the $name runner, against what commands do wrong or on purpose', subject => {
  const instance = `test-${randomUUID()}`
  const tenantId = `t-${randomBytes(4).toString('hex')}`
  let runner: Runner
  let stop: () => Promise<void>
  let root: string

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'millrace-hostile-'))
    const started = await subject.start(instance)
    runner = started.runner
    stop = started.stop
  }, 120_000)
  afterAll(async () => {
    await stop?.()
    if (subject.name.startsWith('kubernetes')) {
      const cluster = connectCluster(loadKubeConfig(testKubeconfig() ?? ''))
      await cluster.core.deleteNamespace({ name: `millrace-test-${tenantId}` })
    }
    await rm(root, { recursive: true, force: true })
  })

  async function run(script: string, more: Partial<RunnerRequest> = {}) {
    const request = await prepareRequest(root, script, more)
    request.key = { ...request.key, tenantId }
    const recorded = recordEvents()
    const result = await runner.run(request, recorded.events, new AbortController().signal)
    return { ...recorded, result, request }
  }

  /** Runs, and keeps output files as the worker does: name to content. */
  async function keep(script: string, outputFiles: string[], more: Partial<RunnerRequest> = {}) {
    const begun = await run(script, { ...more, outputFiles })
    const kept: Record<string, string> = {}
    const { hostDir } = begun.request
    const contents = new Map<string, string>()
    const uris = await collectOutputFiles({
      hostDir,
      outputDir: join(hostDir, outputFolder),
      globs: outputFiles,
      maxBytes: begun.request.limits.outputBytes,
      put: async (name, content) => {
        let text = ''
        for await (const chunk of content) text += chunk
        contents.set(name, text)
        return name
      },
      log: (level, message) => begun.notices.push(`${level} ${message}`),
    })
    for (const [name, uri] of Object.entries(uris)) kept[name] = contents.get(uri) ?? ''
    return { ...begun, kept }
  }

  test.each<[string, string, Record<string, string>]>([
    ['a link to a file of the machine', 'ln -s /etc/passwd a.txt; echo b > b.txt', { 'b.txt': 'b\n' }],
    ['a folder that is a link', 'ln -s /etc d; echo b > b.txt', { 'b.txt': 'b\n' }],
    ['a link to the environment of a process', 'ln -s /proc/1/environ a.txt', {}],
    ['a link in a circle', 'ln -s loop.txt loop.txt; echo b > b.txt', { 'b.txt': 'b\n' }],
    ['a pipe, which would never end', 'mkfifo a.txt; echo b > b.txt', { 'b.txt': 'b\n' }],
    ['its output folder made a link', 'rm -rf .outputs; ln -s /etc .outputs; echo b > b.txt', { 'b.txt': 'b\n' }],
    ['its output folder made a file', 'rm -rf .outputs; echo x > .outputs; echo b > b.txt', { 'b.txt': 'b\n' }],
    ['a name that is a glob', "echo star > '[*].txt'", { '[*].txt': 'star\n' }],
    ['a name that is an option', "echo x > -rf.txt; echo y > '--help.txt'", { '-rf.txt': 'x\n', '--help.txt': 'y\n' }],
    ['names that only bytes can spell', "echo x > $(printf 'a\\377b.txt'); echo b > b.txt", { 'b.txt': 'b\n' }],
  ])(
    'output files: %s',
    async (_name, script, expected) => {
      const { kept, result } = await keep(script, ['**/*.txt'])
      expect(result).toMatchObject({ exitCode: 0 })
      expect(kept).toMatchObject(expected)
      expect(Object.values(kept).join('')).not.toMatch(/root:|PATH=/)
    },
    60_000,
  )

  test('output files: ten thousand, in deep folders too', async () => {
    const deep = Array.from({ length: 60 }, (_, index) => `d${index}`).join('/')
    const { kept } = await keep(
      `mkdir many; cd many; seq 9999 | xargs touch; cd ..; mkdir -p ${deep}; echo x > ${deep}/x`,
      ['many/*', 'd0/**'],
    )
    expect(Object.keys(kept)).toHaveLength(10_000)
    expect(kept[`${deep}/x`]).toBe('x\n')
  }, 300_000)

  test('output files: a hole of 100 GB, and one that is just large enough', async () => {
    const limits = { killGraceMs: 0, outputBytes: mebibyte }
    await expect(keep('truncate -s 100G a.bin', ['*.bin'], { limits })).rejects.toThrow(
      /more than 1048576 bytes together/,
    )
    const { kept } = await keep('truncate -s 1M a.bin', ['*.bin'], { limits })
    expect(kept['a.bin']).toHaveLength(mebibyte)
  }, 120_000)

  test('output files: one that a process in the background still writes', async () => {
    const { kept } = await keep(
      '(while :; do echo line; done) > a.txt & until [ -s a.txt ]; do sleep 0.1; done; echo b > b.txt',
      ['*.txt'],
    )
    expect(kept['b.txt']).toBe('b\n')
    expect(kept['a.txt']).toMatch(/^(line\n)+/)
  }, 120_000)

  test('an empty script', async () => {
    expect((await run('')).result).toMatchObject({ exitCode: 0 })
  }, 120_000)

  test('a command that closes its output and goes on', async () => {
    const { result, kept } = await keep('echo said; exec >&- 2>&-; sleep 0.5; echo b > b.txt; exit 4', ['*.txt'])
    expect(result).toMatchObject({ exitCode: 4 })
    expect(kept).toEqual({ 'b.txt': 'b\n' })
  }, 120_000)

  test('output faster than anybody reads fills no memory', async () => {
    const request = await prepareRequest(root, `head -c 100000000 /dev/zero | tr '\\0' x | fold -w 999`)
    request.key = { ...request.key, tenantId }
    const before = process.memoryUsage().rss
    let bytes = 0
    let most = 0
    const line = (_stream: string, text: string) => {
      if (bytes % 1000 === 0) most = Math.max(most, process.memoryUsage().rss - before)
      bytes += text.length
    }
    const { exitCode } = await runner.run(request, { line, notice: () => {} }, new AbortController().signal)
    expect({ exitCode, bytes }).toEqual({ exitCode: 0, bytes: 100_000_000 })
    expect(most).toBeLessThan(400 * mebibyte)
  }, 300_000)

  if (subject.name !== 'kubernetes') return
  describe('in a pod', () => {
    // The kubelet measures folders once a minute.
    test('a full disk is an end that says so', async () => {
      const { grant } = await prepareRequest(root, '')
      const { result, notices } = await run('head -c 150000000 /dev/zero > big; echo written; sleep 1000', {
        grant: { ...grant, ephemeralStorage: '64Mi' },
      })
      expect(result).toMatchObject({ reason: 'evicted' })
      expect(notices.join('\n')).toMatch(/ERROR The cluster ended the pod: Evicted: .*(EmptyDir|ephemeral)/)
    }, 300_000)

    test.each<[what: string, script: string, expected: object, deadlineMs?: number]>([
      ['says a lie about its end', 'mkdir /millrace/io/exit; exit 3', { exitCode: 3 }],
      ['says it without an end', 'ln -s /dev/zero /millrace/io/exit; exit 3', { exitCode: 3 }],
      [
        'says that it is over',
        'echo 0 > /millrace/io/exit; : > /millrace/io/over; sleep 1; exit 3',
        // Its word or the pod's, whichever is heard first.
        { exitCode: expect.any(Number) },
      ],
      ['never says it', 'mkfifo /millrace/io/exit; exit 3', { reason: 'deadline' }, 15_000],
    ])(
      'a command that %s harms its own task only',
      async (_name, script, expected, deadlineMs) => {
        const limits = { killGraceMs: 0, ...(deadlineMs !== undefined && { deadlineMs }) }
        const { result } = await run(script, { limits })
        expect(result).toMatchObject(expected)
      },
      180_000,
    )
  })
})

import { execFileSync } from 'node:child_process'
import { randomInt, randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { prepareRequest, recordEvents } from '../../test/harness/runner-kit'
import { runnerSubjects } from '../../test/harness/runner-subjects'
import { outputFolder, type Runner, type RunnerRequest } from './runner'

describe.each(runnerSubjects())('the $name runner', subject => {
  const instance = `test-${randomUUID()}`
  let runner: Runner
  let stop: () => Promise<void>
  let root: string

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'millrace-runner-'))
    const started = await subject.start(instance)
    runner = started.runner
    stop = started.stop
  }, 120_000)
  afterAll(async () => {
    await stop()
    await rm(root, { recursive: true, force: true })
  })

  const prepare = (script: string, more: Partial<RunnerRequest> = {}) => prepareRequest(root, script, more)

  async function run(script: string, more: Partial<RunnerRequest> = {}, signal = new AbortController().signal) {
    const request = await prepare(script, more)
    const recorded = recordEvents()
    const result = await runner.run(request, recorded.events, signal)
    return { ...recorded, result, request }
  }

  test('is available', async () => {
    expect(await runner.isAvailable()).toBe(true)
  })

  test('brings each line once, in order, with its time', async () => {
    const before = Date.now()
    const { lines, text, result } = await run(
      'i=0; while [ $i -lt 500 ]; do echo line $i; i=$((i+1)); done; echo oops >&2; printf last',
    )
    expect(result).toMatchObject({ exitCode: 0 })
    expect(text('stdout')).toEqual([...Array.from({ length: 500 }, (_, index) => `line ${index}`), 'last'])
    expect(text('stderr')).toEqual(['oops'])
    const times = lines.filter(line => line.stream === 'stdout').map(line => line.time.getTime())
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(times[0]).toBeGreaterThanOrEqual(before - 1000)
  })

  test('lets its output be opened by name', async () => {
    const { text, result } = await run('echo one > /dev/stderr; echo two | tee /dev/stdout; echo three >> /dev/stderr')
    expect(result).toMatchObject({ exitCode: 0 })
    expect(text('stderr')).toEqual(['one', 'three'])
    expect(text('stdout')).toEqual(['two', 'two'])
  })

  test.each([
    ['exit 0', 0],
    ['exit 7', 7],
    ['no-such-command-at-all', 127],
    ["sh -c 'kill -9 $$'; exit $?", 137],
    ['if then', 2],
  ])('%s ends with exit code %i', async (script, exitCode) => {
    expect((await run(script)).result).toMatchObject({ exitCode })
  })

  test('says so when the program itself is missing', async () => {
    const { result, notices } = await run('', { command: ['/no/such/program'] })
    expect(result.exitCode).toBe(127)
    expect(notices.join()).toContain('/no/such/program')
  })

  test('passes only the given environment', async () => {
    process.env.DATABASE_URL = 'postgres://secret'
    try {
      const { text } = await run('env', { env: { GREETING: 'hello "world"\nsecond line' } })
      const output = text('stdout').join('\n')
      expect(output).toContain('GREETING=hello "world"\nsecond line')
      expect(output).not.toContain('secret')
    } finally {
      delete process.env.DATABASE_URL
    }
  })

  test('carries files in and out, odd names included', async () => {
    const names = [
      'plain.txt',
      'with space.txt',
      'новый файл.txt',
      `${'x'.repeat(250)}.txt`,
      'new\nline.txt',
      'deep/er/file.txt',
    ]
    const request = await prepare(
      `
      for name in *.txt; do tr a-z A-Z < "$name" > "$name.out" 2>/dev/null || true; done
      cp deep/er/file.txt deep/er/copy.out
      cp plain.txt '${outputFolder}/kept.bin'
      pwd`,
      { outputFiles: ['**/*.out', 'plain.txt'] },
    )
    await mkdir(join(request.hostDir, 'deep/er'), { recursive: true })
    for (const name of names) await writeFile(join(request.hostDir, name), `content of ${name}`)
    const recorded = recordEvents()
    const result = await runner.run(request, recorded.events, new AbortController().signal)
    expect(result.exitCode).toBe(0)
    expect(recorded.text('stdout')).toEqual([runner.paths(request.hostDir).workingDir])
    expect(await readFile(join(request.hostDir, 'with space.txt.out'), 'utf8')).toBe('CONTENT OF WITH SPACE.TXT')
    expect(await readFile(join(request.hostDir, 'new\nline.txt.out'), 'utf8')).toBe('CONTENT OF NEW\nLINE.TXT')
    expect(await readFile(join(request.hostDir, 'deep/er/copy.out'), 'utf8')).toBe('content of deep/er/file.txt')
    expect(await readFile(join(request.hostDir, outputFolder, 'kept.bin'), 'utf8')).toBe('content of plain.txt')
  })

  test('brings files back after a failure', async () => {
    const { request, result } = await run('echo partial > part.txt; exit 3', { outputFiles: ['*.txt'] })
    expect(result.exitCode).toBe(3)
    expect(await readFile(join(request.hostDir, 'part.txt'), 'utf8')).toBe('partial\n')
  })

  test('cuts a line of 100 MB and goes on', async () => {
    const { text, result } = await run(`head -c 100000000 /dev/zero | tr '\\0' x; echo; echo after`)
    expect(result.exitCode).toBe(0)
    const [long, after] = text('stdout')
    expect(long?.length).toBeLessThan(1_100_000)
    expect(long).toContain('line cut: 100000000 bytes')
    expect(after).toBe('after')
  }, 60_000)

  test('reassembles lines longer than the buffers between', async () => {
    const { text } = await run(`head -c 40000 /dev/zero | tr '\\0' y; echo; echo z`)
    expect(text('stdout')).toEqual(['y'.repeat(40000), 'z'])
  })

  test('survives binary output', async () => {
    const { text, result } = await run(`printf 'a\\377\\376\\000b\\n'; head -c 100000 /dev/urandom; echo; echo end`)
    expect(result.exitCode).toBe(0)
    expect(text('stdout')[0]).toBe('a\uFFFD\uFFFD\uFFFDb')
    expect(text('stdout').join('')).not.toContain('\0')
    expect(text('stdout').at(-1)).toBe('end')
  })

  test('is cancelled at once without a grace period', async () => {
    const abort = new AbortController()
    const recorded = recordEvents()
    const request = await prepare(`trap '' TERM; echo ready; while :; do sleep 1; done`)
    const running = runner.run(request, recorded.events, abort.signal)
    await recorded.seen(/ready/)
    abort.abort()
    expect(await running).toMatchObject({ reason: 'cancelled', exitCode: 137 })
  })

  test('gives a cancelled command its grace period to clean up', async () => {
    const abort = new AbortController()
    const recorded = recordEvents()
    const request = await prepare(`trap 'echo bye; exit 0' TERM; echo ready; while :; do sleep 0.1; done`, {
      limits: { killGraceMs: 30_000 },
      options: { killGracePeriod: 'PT30S' },
    })
    const running = runner.run(request, recorded.events, abort.signal)
    await recorded.seen(/ready/)
    abort.abort()
    expect(await running).toMatchObject({ reason: 'cancelled', exitCode: 0 })
    expect(recorded.text('stdout')).toEqual(['ready', 'bye'])
  }, 60_000)

  test('forces a command that ignores its grace period', async () => {
    const abort = new AbortController()
    const recorded = recordEvents()
    const request = await prepare(`trap '' TERM; echo ready; while :; do sleep 0.1; done`, {
      limits: { killGraceMs: 300 },
    })
    const running = runner.run(request, recorded.events, abort.signal)
    await recorded.seen(/ready/)
    abort.abort()
    expect(await running).toMatchObject({ reason: 'cancelled', exitCode: 137 })
  })

  test('ends a command at its deadline', async () => {
    const { result } = await run('while :; do sleep 0.1; done', { limits: { killGraceMs: 0, deadlineMs: 200 } })
    expect(result).toMatchObject({ reason: 'deadline', exitCode: 137 })
  })

  test('does not start what is cancelled already', async () => {
    const abort = new AbortController()
    abort.abort()
    const { result, text } = await run('echo started', {}, abort.signal)
    expect(result.reason).toBe('cancelled')
    expect(text('stdout')).toEqual([])
  })

  test('ends background processes that a task leaves, those of another session too', async () => {
    const seconds = 1_000_000 + randomInt(1_000_000)
    const { result, text } = await run(`sleep ${seconds} & setsid sleep ${seconds} & sleep 0.2; echo left`)
    expect(result.exitCode).toBe(0)
    expect(text('stdout')).toEqual(['left'])
    expect(execFileSync('ps', ['-eo', 'args']).includes(`sleep ${seconds}`)).toBe(false)
  })

  test('runs many at once', async () => {
    const results = await Promise.all(Array.from({ length: 10 }, (_, index) => run(`echo ${index}`)))
    expect(results.map(({ text }) => text('stdout')[0])).toEqual(results.map((_, index) => String(index)))
  }, 240_000)

  test('leaves nothing behind and has nothing to sweep', async () => {
    expect(await runner.sweep(async () => false)).toBe(0)
    expect(await readdir(root)).not.toEqual([])
  })
})

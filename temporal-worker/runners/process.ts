import { mkdir } from 'node:fs/promises'
import { constants } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises'
import { createLineSplitter } from './lines'
import { createPipes, type Pipe } from './pipes'
import { createLeftoverFinder, findMarked, processMark } from './process-marks'
import { createSpawner, endGroup, type SpawnError, type SpawnedProcess, type Spawner } from './process-spawner'
import {
  cancelledBeforeStart,
  outputFolder,
  type Runner,
  type RunnerEvents,
  type RunnerRequest,
  type RunnerResult,
} from './runner'
import { superviseStop } from './stopping'

/** What a command needs of the worker's own environment; all else (its database, its keys) stays unseen. */
const inherited = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR']
/** How this machine reaches the network. */
const network = [
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'SSL_CERT_FILE',
  'NODE_EXTRA_CA_CERTS',
]

/** How long output may still come after the last process of a task is gone. */
const drainMs = 1000

/**
 * Runs commands as processes of this machine, each in its own session. For the local stack: it isolates nothing but the
 * environment. `instance` names this installation, so that a sweep never touches another one's processes.
 */
export function createProcessRunner(options: { instance: string }): Runner {
  const spawner = createSpawner()
  const newPipe = createPipes(spawner)
  const findLeftovers = createLeftoverFinder(options.instance)
  return {
    name: 'process',
    isAvailable: async () => process.platform !== 'win32',
    paths: hostDir => ({ workingDir: hostDir, outputDir: join(hostDir, outputFolder) }),

    async run(request, events, signal) {
      if (signal.aborted) return cancelledBeforeStart
      await mkdir(join(request.hostDir, outputFolder), { recursive: true })
      const started = await startChild(request, options.instance, spawner, newPipe)
      if ('error' in started) return notStarted(started.error, request, events)
      try {
        return await follow(started, request, findLeftovers, events, signal)
      } finally {
        started.release()
      }
    },

    async sweep(isLive) {
      let ended = 0
      for (const { pid, key } of findMarked(options.instance)) {
        if (!(await isLive(key)) && endProcess(pid)) ended++
      }
      return ended
    },
  }
}

type Started = SpawnedProcess & { stdout: Readable; stderr: Readable }

async function startChild(
  request: RunnerRequest,
  instance: string,
  spawner: Spawner,
  newPipe: () => Promise<Pipe>,
): Promise<Started | { error: SpawnError }> {
  const [file, ...args] = request.command
  if (file === undefined) throw new Error('a command needs at least one argument')
  const [stdout, stderr] = await Promise.all([newPipe(), newPipe()])
  const started = await spawner
    .start({
      file,
      args,
      cwd: request.hostDir,
      env: { ...pickEnvironment(), ...request.env, ...processMark(instance, request.key) },
      outputs: [stdout.name, stderr.name],
    })
    .finally(() => {
      stdout.closeWriter()
      stderr.closeWriter()
    })
  if (!('error' in started)) return { ...started, stdout: stdout.reader, stderr: stderr.reader }
  stdout.reader.destroy()
  stderr.reader.destroy()
  return started
}

function pickEnvironment(): Record<string, string> {
  const picked: Record<string, string> = {}
  for (const name of [...inherited, ...network]) {
    const value = process.env[name]
    if (value !== undefined) picked[name] = value
  }
  return picked
}

/** Follows a command to its end: its lines, its stop when it must, and the end of all that it left running. */
async function follow(
  { pid, exited, stdout, stderr }: Started,
  request: RunnerRequest,
  findLeftovers: ReturnType<typeof createLeftoverFinder>,
  events: RunnerEvents,
  signal: AbortSignal,
): Promise<RunnerResult> {
  const ended = new AbortController()
  const drained = Promise.all([
    readLines(stdout, line => events.line('stdout', line, new Date()), { events, ended: ended.signal }),
    readLines(stderr, line => events.line('stderr', line, new Date()), { events, ended: ended.signal }),
  ])
  const stopping = superviseStop(request.limits, signal, name => endGroup(pid, name))
  try {
    const { code, signal: killedBy } = await exited
    // Background processes hold the pipes open; with them gone the pipes close.
    endGroup(pid, 'SIGKILL')
    for (const left of await findLeftovers(pid, request.key)) endProcess(left.pid)
    ended.abort()
    await drainOrClose(drained, [stdout, stderr])
    const reason = stopping.reason()
    return { exitCode: code ?? exitCodeOf(killedBy), ...(reason && { reason }), details: {} }
  } finally {
    stopping.dispose()
  }
}

/** Waits for those who keep the lines, until the command has ended: what then is left is what a pipe holds. */
function readLines(
  stream: Readable,
  onLine: (line: string) => void,
  { events, ended }: { events: RunnerEvents; ended: AbortSignal },
): Promise<void> {
  const splitter = createLineSplitter(onLine)
  const goOn = () => stream.resume()
  ended.addEventListener('abort', goOn, { once: true })
  return new Promise(resolve => {
    stream.on('data', (chunk: Buffer) => {
      splitter.write(chunk)
      // All else that this worker does has its turn before the next chunk.
      stream.pause()
      const caughtUp = ended.aborted ? undefined : events.caughtUp?.()
      if (caughtUp === undefined) setImmediate(goOn)
      else void caughtUp.then(goOn)
    })
    stream.on('error', () => stream.destroy())
    stream.on('close', () => {
      splitter.end()
      resolve()
    })
  })
}

/**
 * A process outside the group may hold the pipes for ever; what it still writes is not the task's. What the pipes held
 * before is, though this worker was too busy to read it in time.
 */
async function drainOrClose(drained: Promise<unknown>, streams: Readable[]): Promise<void> {
  const timer = new AbortController()
  const tooLate = delay(drainMs, undefined, { signal: timer.signal }).then(emptyPipes, () => undefined)
  await Promise.race([drained, tooLate])
  timer.abort()
  for (const stream of streams) stream.destroy()
  await drained
}

/** A pipe holds 1 MiB at most, of which two turns of the event loop read 64 KiB. */
const turnsToEmpty = 40

async function emptyPipes(): Promise<void> {
  for (let turn = 0; turn < turnsToEmpty; turn++) await nextTurn()
}

const startErrors: Record<string, { exitCode: number; message: string }> = {
  ENOENT: { exitCode: 127, message: 'command not found on this machine' },
  EACCES: { exitCode: 126, message: 'permission denied: is the file executable?' },
  E2BIG: { exitCode: 126, message: 'the command line and the environment are too long together' },
}

/** A command that could not start ends as a shell would end it. */
function notStarted(error: SpawnError, request: RunnerRequest, events: RunnerEvents): RunnerResult {
  const known = startErrors[error.code ?? '']
  events.notice('ERROR', `Can't start ${request.command[0]}: ${known?.message ?? error.message}`)
  return { exitCode: known?.exitCode ?? 126, details: {} }
}

/** As a shell reports a command that a signal ended. */
function exitCodeOf(signal: NodeJS.Signals | null): number {
  return 128 + (signal === null ? 0 : constants.signals[signal])
}

function endProcess(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL')
  } catch {
    return false
  }
}

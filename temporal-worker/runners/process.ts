import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { constants } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { createLineSplitter } from './lines'
import { createProcessGuard } from './process-guard'
import { findMarked, processMark } from './process-marks'
import {
  cancelledBeforeStart,
  outputFolder,
  type Runner,
  type RunnerEvents,
  type RunnerRequest,
  type RunnerResult,
} from './runner'
import { superviseStop } from './stopping'

type Child = ChildProcessByStdio<null, Readable, Readable>

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
  const guard = createProcessGuard()
  return {
    name: 'process',
    isAvailable: async () => process.platform !== 'win32',
    paths: hostDir => ({ workingDir: hostDir, outputDir: join(hostDir, outputFolder) }),

    async run(request, events, signal) {
      if (signal.aborted) return cancelledBeforeStart
      await mkdir(join(request.hostDir, outputFolder), { recursive: true })
      const started = await startChild(request, options.instance)
      if ('error' in started) return notStarted(started.error, request, events)
      guard.watch(started.pid)
      try {
        return await follow(started, request, options.instance, events, signal)
      } finally {
        guard.release(started.pid)
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

type Started = { child: Child; pid: number }

/** Node throws some failures to start and emits others. */
async function startChild(
  request: RunnerRequest,
  instance: string,
): Promise<Started | { error: NodeJS.ErrnoException }> {
  const [file, ...args] = request.command
  if (file === undefined) throw new Error('a command needs at least one argument')
  try {
    const child = spawn(file, args, {
      cwd: request.hostDir,
      env: { ...pickEnvironment(), ...request.env, ...processMark(instance, request.key) } as NodeJS.ProcessEnv,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    if (child.pid !== undefined) return { child, pid: child.pid }
    const [error] = await once(child, 'error')
    return { error }
  } catch (error) {
    return { error: error as NodeJS.ErrnoException }
  }
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
  { child, pid }: Started,
  request: RunnerRequest,
  instance: string,
  events: RunnerEvents,
  signal: AbortSignal,
): Promise<RunnerResult> {
  const drained = Promise.all([
    readLines(child.stdout, line => events.line('stdout', line, new Date())),
    readLines(child.stderr, line => events.line('stderr', line, new Date())),
  ])
  const stopping = superviseStop(request.limits, signal, name => endGroup(pid, name))
  try {
    const [code, killedBy] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
    // Background processes hold the pipes open; with them gone the pipes close.
    endGroup(pid, 'SIGKILL')
    endMarked(instance, pid, request.key)
    await drainOrClose(drained, child)
    const reason = stopping.reason()
    return { exitCode: code ?? exitCodeOf(killedBy), ...(reason && { reason }), details: {} }
  } finally {
    stopping.dispose()
  }
}

function readLines(stream: Readable, onLine: (line: string) => void): Promise<void> {
  const splitter = createLineSplitter(onLine)
  return new Promise(resolve => {
    stream.on('data', (chunk: Buffer) => splitter.write(chunk))
    stream.on('error', () => stream.destroy())
    stream.on('close', () => {
      splitter.end()
      resolve()
    })
  })
}

/** A process outside the group may hold the pipes for ever; what it still writes is not the task's. */
async function drainOrClose(drained: Promise<unknown>, child: Child): Promise<void> {
  const timer = new AbortController()
  const tooLate = delay(drainMs, undefined, { signal: timer.signal }).catch(() => undefined)
  await Promise.race([drained, tooLate])
  timer.abort()
  child.stdout.destroy()
  child.stderr.destroy()
  await drained
}

const startErrors: Record<string, { exitCode: number; message: string }> = {
  ENOENT: { exitCode: 127, message: 'command not found on this machine' },
  EACCES: { exitCode: 126, message: 'permission denied: is the file executable?' },
  E2BIG: { exitCode: 126, message: 'the command line and the environment are too long together' },
}

/** A command that could not start ends as a shell would end it. */
function notStarted(error: NodeJS.ErrnoException, request: RunnerRequest, events: RunnerEvents): RunnerResult {
  const known = startErrors[error.code ?? '']
  events.notice('ERROR', `Can't start ${request.command[0]}: ${known?.message ?? error.message}`)
  return { exitCode: known?.exitCode ?? 126, details: {} }
}

/** As a shell reports a command that a signal ended. */
function exitCodeOf(signal: NodeJS.Signals | null): number {
  return 128 + (signal === null ? 0 : constants.signals[signal])
}

function endGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch {
    // Nobody of the group is left.
  }
}

function endMarked(instance: string, pid: number, key: RunnerRequest['key']): void {
  for (const marked of findMarked(instance, pid)) {
    if (sameKey(marked.key, key)) endProcess(marked.pid)
  }
}

function endProcess(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL')
  } catch {
    return false
  }
}

function sameKey(a: RunnerRequest['key'], b: RunnerRequest['key']): boolean {
  return (
    a.tenantId === b.tenantId &&
    a.executionId === b.executionId &&
    a.taskRunId === b.taskRunId &&
    a.attempt === b.attempt
  )
}

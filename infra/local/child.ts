import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { guardChild } from './guard'

export type ChildOptions = {
  /** Shown in messages. */
  name: string
  command: string
  args: string[]
  cwd?: string
  env?: NodeJS.ProcessEnv
  uid?: number
  gid?: number
  log: (line: string) => void
  /** How it is asked to end. */
  stopSignal?: NodeJS.Signals
  /** After this time it is killed. */
  stopGraceMs?: number
}

export type ChildExit = { code: number | null; signal: NodeJS.Signals | null }

export type Child = {
  name: string
  pid: number
  exited: Promise<ChildExit>
  /** Resolves when it has ended; may be called again. */
  stop(): Promise<void>
}

/**
 * Starts a process that never outlives this one: its own process group keeps Ctrl-C from reaching it before
 * we stop things in order, and the guard ends it when we are killed.
 */
export async function startChild(options: ChildOptions): Promise<Child> {
  const { name, command, args, log, stopSignal = 'SIGTERM', stopGraceMs = 10_000, ...spawnOptions } = options
  const child = spawn(command, args, { ...spawnOptions, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  readLines(child, log)
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', error => reject(new Error(`${name} can't be started: ${error.message}`)))
  })
  const pid = child.pid as number
  const unguard = guardChild(pid, stopSignal)
  const exited = new Promise<ChildExit>(resolve => {
    child.once('exit', (code, signal) => {
      unguard()
      resolve({ code, signal })
    })
  })
  return { name, pid, exited, stop: () => stopChild(child, exited, stopSignal, stopGraceMs) }
}

function readLines(child: ChildProcess, log: (line: string) => void) {
  for (const stream of [child.stdout, child.stderr]) if (stream) createInterface({ input: stream }).on('line', log)
}

async function stopChild(child: ChildProcess, exited: Promise<ChildExit>, signal: NodeJS.Signals, graceMs: number) {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill(signal)
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs)
  await exited
  clearTimeout(timer)
}

/** Rejects when the process ends before `ready` resolves, with the last lines it wrote. */
export async function readyOrExit<T>(child: Child, ready: Promise<T>, lastLines: () => string[]): Promise<T> {
  const gone = child.exited.then(({ code, signal }) => {
    const lines = lastLines().join('\n')
    throw new Error(`${child.name} ended while starting (${signal ?? `exit code ${code}`}):\n${lines}`)
  })
  return Promise.race([ready, gone])
}

/** A log that also remembers the end, for error messages. */
export function rememberLines(log: (line: string) => void, size = 20): { log: typeof log; lines: () => string[] } {
  const lines: string[] = []
  const remember = (line: string) => {
    lines.push(line)
    if (lines.length > size) lines.shift()
    log(line)
  }
  return { log: remember, lines: () => lines }
}

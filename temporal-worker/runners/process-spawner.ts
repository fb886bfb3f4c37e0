import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Starts processes, each in its own session, from a small process beside the worker. A fork copies the page tables of
 * who forks: the worker would stand still for some 10 ms, this one for 1. It also ends the groups of what it started
 * when the worker dies, even by SIGKILL: the kernel closes its channel with the worker.
 */
export type Spawner = {
  /** For pipes with a name: removed when the worker ends, however it does. */
  folder(): string
  start(request: SpawnRequest): Promise<SpawnedProcess | { error: SpawnError }>
}

export type SpawnRequest = {
  file: string
  args: string[]
  cwd: string
  env: Record<string, string>
  /** Named pipes that somebody reads; their names are gone once they are open. What they would get is lost without. */
  outputs?: [stdout: string, stderr: string]
}

export type SpawnError = { code?: string; message: string }

export type Exit = { code: number | null; signal: NodeJS.Signals | null }

export type SpawnedProcess = {
  pid: number
  exited: Promise<Exit>
  /** To be called when nothing of its group is left. */
  release(): void
}

/** Plain Node, since the worker may be one bundled file. A pipe that nobody reads any more must not hold it up. */
const program = `
const { spawn } = require('node:child_process')
const { closeSync, constants, openSync, rmSync, unlinkSync } = require('node:fs')
const groups = new Set()
const send = message => process.connected && process.send(message, () => {})
function openWriter(name) {
  const reader = openSync(name, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    return openSync(name, constants.O_WRONLY)
  } finally {
    closeSync(reader)
    unlinkSync(name)
  }
}
function start({ id, file, args, cwd, env, outputs }) {
  const ends = []
  const fail = ({ code, message }) => send({ id, error: { code, message } })
  try {
    for (const name of outputs) ends.push(openWriter(name))
    const stdio = ['ignore', ...(ends.length > 0 ? ends : ['ignore', 'ignore'])]
    const child = spawn(file, args, { cwd, env, stdio, detached: true })
    if (child.pid === undefined) return child.on('error', fail)
    groups.add(child.pid)
    send({ id, pid: child.pid })
    child.on('exit', (code, signal) => send({ id, code, signal }))
  } catch (error) {
    fail(error)
  } finally {
    ends.forEach(closeSync)
  }
}
process.on('message', message => {
  if ('release' in message) groups.delete(message.release)
  else start(message)
})
process.on('disconnect', () => {
  for (const group of groups) {
    try { process.kill(-group, 'SIGKILL') } catch {}
  }
  rmSync(process.argv[1], { recursive: true, force: true })
  process.exit()
})`

type Answer = { id: number } & ({ pid: number } | { error: SpawnError } | Exit)

type Pending = { onAnswer(answer: Answer): void; onLost(error: Error): void }

export function createSpawner(): Spawner {
  const pending = new Map<number, Pending>()
  let nextId = 0
  let helper: ChildProcess | undefined
  let pipes: string | undefined

  function folder(): string {
    pipes ??= mkdtempSync(join(tmpdir(), 'millrace-pipes-'))
    return pipes
  }

  function startHelper(): ChildProcess {
    const child = spawn(process.execPath, ['--max-semi-space-size=1', '-e', program, folder()], {
      detached: true,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: {} as NodeJS.ProcessEnv,
      cwd: '/',
    })
    const lose = () => {
      if (helper !== child) return
      helper = undefined
      const error = new Error('The process that starts commands was lost')
      for (const waiting of pending.values()) waiting.onLost(error)
      pending.clear()
    }
    child.on('message', message => {
      pending.get((message as Answer).id)?.onAnswer(message as Answer)
      // Somebody who has nothing to wait for may end.
      if (pending.size === 0) child.channel?.unref()
    })
    child.on('exit', lose)
    child.on('error', lose)
    child.unref()
    return child
  }

  return {
    folder,
    start(request) {
      helper ??= startHelper()
      const chosen = helper
      const id = nextId++
      return new Promise((resolve, reject) => {
        pending.set(id, {
          onAnswer(answer) {
            if ('pid' in answer)
              resolve(follow(pending, id, answer.pid, pid => chosen.send({ release: pid }, () => {})))
            else if ('error' in answer) {
              pending.delete(id)
              resolve({ error: answer.error })
            }
          },
          onLost: reject,
        })
        chosen.channel?.ref()
        chosen.send({ ...request, outputs: request.outputs ?? [], id }, error => {
          if (error) chosen.kill('SIGKILL')
        })
      })
    },
  }
}

/** A process whose end nobody can tell any more is ended with all its group: its task runs again. */
function follow(
  pending: Map<number, Pending>,
  id: number,
  pid: number,
  release: (pid: number) => void,
): SpawnedProcess {
  const exited = new Promise<Exit>((resolve, reject) => {
    pending.set(id, {
      onAnswer(answer) {
        if (!('code' in answer)) return
        pending.delete(id)
        resolve({ code: answer.code, signal: answer.signal })
      },
      onLost(error) {
        endGroup(pid, 'SIGKILL')
        reject(error)
      },
    })
  })
  // Where nobody waits for it.
  exited.catch(() => undefined)
  return { pid, exited, release: () => release(pid) }
}

export function endGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch {
    // Nobody of the group is left.
  }
}

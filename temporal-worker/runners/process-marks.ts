import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import type { RunnerRequest } from './runner'

/**
 * A process that leaves its group and session (`setsid`, a daemon) is still known by this variable, which children
 * inherit. Linux only: elsewhere such processes are out of reach.
 */
const markName = 'MILLRACE_TASK_RUN'

export type MarkedProcess = { pid: number; key: RunnerRequest['key'] }

/** The variable that marks all processes of a task run of one installation. */
export function processMark(instance: string, key: RunnerRequest['key']): Record<string, string> {
  const parts = [instance, key.tenantId, key.executionId, key.taskRunId, String(key.attempt)]
  return { [markName]: parts.map(encodeURIComponent).join('/') }
}

/** Processes of this installation's tasks. `newerThan` skips processes with a lower id: cheaper, and enough for one task. */
export function findMarked(instance: string, newerThan = 0): MarkedProcess[] {
  if (process.platform !== 'linux') return []
  const found: MarkedProcess[] = []
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry)
    if (!Number.isInteger(pid) || pid <= newerThan) continue
    const key = readMark(pid, instance)
    if (key !== undefined) found.push({ pid, key })
  }
  return found
}

/** Looks through the machine's processes no more often than this. */
const scanEveryMs = 20

/**
 * Finds what a task run left behind, for one command after another: those that end within a short time are looked for
 * together, since each look reads the environment of every process that is newer.
 */
export function createLeftoverFinder(instance: string) {
  let nextScanAt = 0
  let oldestPid = Number.POSITIVE_INFINITY
  let coming: Promise<MarkedProcess[]> | undefined

  async function scan(): Promise<MarkedProcess[]> {
    await delay(Math.max(0, nextScanAt - performance.now()))
    coming = undefined
    const newerThan = oldestPid
    oldestPid = Number.POSITIVE_INFINITY
    const found = findMarked(instance, newerThan)
    nextScanAt = performance.now() + scanEveryMs
    return found
  }

  return async (pid: number, key: RunnerRequest['key']): Promise<MarkedProcess[]> => {
    oldestPid = Math.min(oldestPid, pid)
    coming ??= scan()
    return (await coming).filter(marked => sameKey(marked.key, key))
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

function readMark(pid: number, instance: string): RunnerRequest['key'] | undefined {
  const variable = readEnviron(pid)
    .split('\0')
    .find(line => line.startsWith(`${markName}=`))
  const [ofInstance, tenantId, executionId, taskRunId, attempt] = (variable?.slice(markName.length + 1) ?? '')
    .split('/')
    .map(decodeURIComponent)
  if (ofInstance !== instance || !tenantId || !executionId || !taskRunId) return undefined
  return { tenantId, executionId, taskRunId, attempt: Number(attempt) }
}

/** Empty for a process that is gone or another user's. */
function readEnviron(pid: number): string {
  try {
    const environ = readFileSync(`/proc/${pid}/environ`, 'latin1')
    return environ.includes(markName) ? environ : ''
  } catch {
    return ''
  }
}

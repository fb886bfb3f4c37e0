import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Connection } from '@temporalio/client'
import { msToTs } from '@temporalio/common/lib/time'
import { type ChildExit, readyOrExit, rememberLines, startChild } from './child'
import { freePort } from './free-port'
import { findTemporal } from './temporal-binary'
import { temporalCommand } from './temporal-command'

export type LocalTemporal = {
  /** host:port of its frontend. */
  address: string
  pid: number
  exited: Promise<ChildExit>
  stop(): Promise<void>
}

export type TemporalOptions = {
  /** Holds its state; kept by later starts. */
  dir: string
  /** A free one when absent. */
  port?: number
  log: (line: string) => void
  /** What its user waits for: a download, a build. */
  announce?: (line: string) => void
  /** Where a program that was downloaded or built is kept. */
  cacheDir?: string
}

export const defaultCacheDir = resolve(import.meta.dirname, '../../.millrace/cache')

export const defaultNamespace = 'default'
const retention = msToTs('7 days')

/** Starts a Temporal server on the loopback and waits until its namespace `default` takes work. */
export async function startTemporal(options: TemporalOptions): Promise<LocalTemporal> {
  const dir = resolve(options.dir)
  await mkdir(dir, { recursive: true })
  await stopLeftover(dir)
  const binary = await findTemporal(options.cacheDir ?? defaultCacheDir, options.announce ?? options.log)
  const port = options.port ?? (await freePort())
  const { log, lines } = rememberLines(options.log)
  const command = await temporalCommand({ binary, dir, port })
  const child = await startChild({ name: 'Temporal', ...command, cwd: dir, log })
  await writeFile(join(dir, 'pid'), String(child.pid))
  const address = `127.0.0.1:${port}`
  try {
    await readyOrExit(child, waitForTemporal(address, defaultNamespace, child.exited), lines)
  } catch (error) {
    await child.stop()
    throw error
  }
  return { address, pid: child.pid, exited: child.exited, stop: child.stop }
}

/** Two servers on the same files would spoil them: one whose supervisor was killed is ended first. */
async function stopLeftover(dir: string) {
  const pid = Number(await readFile(join(dir, 'pid'), 'utf8').catch(() => ''))
  if (!(pid > 0)) return
  const commandOf = () => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  if (!(await commandOf()).includes(dir)) return
  process.kill(pid, 'SIGTERM')
  while ((await commandOf()).includes(dir)) await pause(50)
}

/** Registers the namespace where it is missing, and returns when each service of the server answers for it. */
export async function waitForTemporal(address: string, namespace: string, exited?: Promise<unknown>): Promise<void> {
  let hasExited = false
  exited?.then(() => {
    hasExited = true
  })
  const connection = Connection.lazy({ address })
  const { workflowService } = connection
  const steps = [
    () =>
      workflowService
        .registerNamespace({ namespace, workflowExecutionRetentionPeriod: retention })
        .catch(acceptCode(grpcAlreadyExists)),
    () => workflowService.describeNamespace({ namespace }),
    // Through matching, visibility and history.
    () => workflowService.describeTaskQueue({ namespace, taskQueue: { name: 'probe' }, taskQueueType: 1 }),
    () => workflowService.countWorkflowExecutions({ namespace }),
    () =>
      workflowService
        .describeWorkflowExecution({ namespace, execution: { workflowId: 'probe' } })
        .catch(acceptCode(grpcNotFound)),
  ]
  try {
    for (const step of steps) await untilItAnswers(step, () => hasExited)
  } finally {
    await connection.close()
  }
}

const grpcNotFound = 5
const grpcAlreadyExists = 6

function acceptCode(code: number) {
  return (error: unknown) => {
    if (grpcCodeOf(error) !== code) throw error
  }
}

function grpcCodeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
}

async function untilItAnswers(ask: () => Promise<unknown>, isOver: () => boolean) {
  const deadline = Date.now() + 120_000
  while (!isOver()) {
    try {
      await ask()
      return
    } catch (error) {
      if (Date.now() > deadline) throw new Error(`Temporal doesn't answer: ${error}`)
      await pause(50)
    }
  }
}

function pause(ms: number) {
  return new Promise(resolve => setTimeout(resolve, ms))
}

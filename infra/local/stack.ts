import { join } from 'node:path'
import { bootstrap } from '#db/bootstrap'
import { createDatabase } from '#db/client'
import { migrate } from '#db/migrate'
import { type Env, planOfNewTenants } from '../env'
import { buildWeb, buildWorker, buildWorkflows } from './build'
import { freePort } from './free-port'
import { keepRunning, type Running } from './keep-running'
import { openPartLog } from './part-log'
import { startPostgres } from './postgres'
import type { Progress } from './progress'
import type { Settings } from './settings'
import { startTemporal, waitForTemporal } from './temporal'
import { startWeb } from './web'
import { startWorker } from './worker'

export type Stack = { stop(): Promise<void> }

/** Brings everything up, in parallel where one thing needs no other. What was started is stopped in reverse. */
export async function startStack(settings: Settings, progress: Progress): Promise<Stack> {
  const stops: (() => Promise<void>)[] = []
  const stop = async () => {
    for (const stopPart of stops.splice(0).reverse()) await stopPart()
  }
  const keep = createKeeper(settings, progress, stops)
  try {
    const parts = [
      startDatabase(settings, progress, keep),
      progress.step('Temporal', () => temporalAddress(settings, progress, keep)),
      settings.isDev ? undefined : build(progress, settings),
    ] as const
    // All have come to an end before one failure stops the rest.
    await Promise.allSettled(parts)
    const [database, temporal, built] = await Promise.all(parts)
    const env = partEnv(settings, {
      DATABASE_URL: database,
      TEMPORAL_ADDRESS: temporal,
      MILLRACE_WORKFLOW_BUNDLE: built?.workflows,
    })
    const { isDev, host, port } = settings
    await Promise.all([
      progress.step('Worker', () => keep('worker', log => startWorker({ env, log, isDev, bundle: built?.worker }))),
      progress.step('Web app', () => keep('web', log => startWeb({ env, log, isDev, host, port }))),
    ])
    return { stop }
  } catch (error) {
    await stop()
    throw error
  }
}

type Keep = <T extends Running>(name: string, start: (log: (line: string) => void) => Promise<T>) => Promise<T>

function createKeeper({ logDir, isDev }: Settings, { say }: Progress, stops: (() => Promise<void>)[]): Keep {
  return async (name, start) => {
    const toFile = openPartLog(logDir, name)
    // With reload, who works on a part wants to see what it says.
    const isShown = isDev && (name === 'web' || name === 'worker')
    const log = (line: string) => {
      toFile(line)
      if (isShown) say(`[${name}] ${line}`)
    }
    const kept = await keepRunning({ name, start: () => start(log), say, logFile: join(logDir, `${name}.log`) })
    stops.push(kept.stop)
    return kept.first
  }
}

async function startDatabase(settings: Settings, progress: Progress, keep: Keep): Promise<string> {
  const url = await progress.step('Postgres', async () => {
    if (settings.env.DATABASE_URL) return settings.env.DATABASE_URL
    const [dir, port] = [join(settings.dataDir, 'postgres'), await freePort()]
    return (await keep('postgres', log => startPostgres({ dir, port, log }))).url
  })
  await progress.step('Migrations', async () => {
    await migrate(url)
    await bootstrapFromEnv(settings.env, url)
  })
  return url
}

async function bootstrapFromEnv(env: Env, url: string) {
  const { MILLRACE_BOOTSTRAP_EMAIL: email, MILLRACE_BOOTSTRAP_PASSWORD: password } = env
  const { MILLRACE_BOOTSTRAP_TENANT: tenant, MILLRACE_BOOTSTRAP_TOKEN: token } = env
  if (!email || !password || !tenant) return
  const db = createDatabase(url, { maxConnections: 1 })
  try {
    await bootstrap({ email, password, tenant, plan: planOfNewTenants(env), token }, db)
  } finally {
    await db.$disconnect()
  }
}

async function temporalAddress(settings: Settings, { say }: Progress, keep: Keep): Promise<string> {
  const { TEMPORAL_ADDRESS: given, TEMPORAL_NAMESPACE: namespace } = settings.env
  if (given) {
    await waitForTemporal(given, namespace)
    return given
  }
  const [dir, port] = [join(settings.dataDir, 'temporal'), await freePort()]
  const { address } = await keep('temporal', log =>
    startTemporal({ dir, port, log, announce: line => say(`  Temporal: ${line}`) }),
  )
  await waitForTemporal(address, namespace)
  return address
}

/** One after the other: each uses both cores of a small machine. Returns the files of the worker. */
async function build(progress: Progress, { logDir }: Settings): Promise<{ workflows: string; worker: string }> {
  const log = openPartLog(logDir, 'build')
  const workflows = await progress.step('Workflow build', () => buildWorkflows(log))
  const worker = await progress.step('Worker build', () => buildWorker(log))
  await progress.step('Web build', () => buildWeb(log))
  return { workflows, worker }
}

function partEnv(settings: Settings, own: Record<string, string | undefined>): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...own,
    STORAGE_URL: settings.storageUrl,
    MILLRACE_SECRET: settings.secret,
    MILLRACE_MASTER_KEY: settings.masterKey,
    MILLRACE_URL: settings.address,
    MILLRACE_DATA: settings.dataDir,
    MILLRACE_PORT: String(settings.port),
    MILLRACE_HOST: settings.host,
  }
}

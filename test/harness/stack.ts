import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bootstrap } from '#db/bootstrap'
import { createDatabase } from '#db/client'
import { createToken } from '#db/credentials'
import { buildWeb, buildWorker, buildWorkflows } from '#infra/local/build'
import type { Child } from '#infra/local/child'
import { freePort } from '#infra/local/free-port'
import { startWeb } from '#infra/local/web'
import { startWorker } from '#infra/local/worker'
import { freshEmptyDatabase } from './database'
import { freshNamespace } from './namespace'

export type TestStack = {
  databaseUrl: string
  temporal: { address: string; namespace: string }
  storageDir: string
  /** What the worker and the web app were started with. */
  env: NodeJS.ProcessEnv
  tenant: { id: string; slug: string }
  userId: string
  email: string
  password: string
  /** API token of the first user. */
  token: string
  worker: Child
  /** Only with `web: true`. */
  webUrl?: string
  /** All that the worker and the web app have written. */
  log(): string
  stop(): Promise<void>
}

export type TestStackOptions = {
  web?: boolean
  /** Added to the environment of the worker and the web app. */
  env?: Record<string, string>
}

/** A whole installation for a test file: own database, Temporal namespace and storage; a real worker, a real web app. */
export async function startTestStack(options: TestStackOptions = {}): Promise<TestStack> {
  const prepared = await prepareTestStack(await freshNamespace(), options.env)
  const { env, port, lines, drop, ...stack } = prepared
  const log = (line: string) => lines.push(line)
  // What `npm start` starts: one bundled file.
  const worker = await startWorker({ env, log, bundle: await buildWorker(log) })
  const web = options.web ? await startBuiltWeb(env, port, log) : undefined
  return {
    ...stack,
    env,
    worker,
    webUrl: web && `http://127.0.0.1:${port}`,
    log: () => lines.join('\n'),
    async stop() {
      await web?.stop()
      await worker.stop()
      await drop()
    },
  }
}

/** All that a stack needs but its processes, for a test that starts and kills them itself. */
export async function prepareTestStack(temporal: TestStack['temporal'], more: Record<string, string> = {}) {
  const database = await freshEmptyDatabase()
  const storageDir = await mkdtemp(join(tmpdir(), 'millrace-storage-'))
  const account = { email: 'owner@example.com', password: 'correct horse battery', ...createToken() }
  const owner = await createOwner(database.url, account)
  // Chosen by the test where something has to know the address before, such as an issuer.
  const port = Number(more.MILLRACE_PORT ?? (await freePort()))
  const lines: string[] = []
  const log = (line: string) => lines.push(line)
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
    STORAGE_URL: pathToFileURL(storageDir).href,
    MILLRACE_SECRET: randomBytes(48).toString('base64'),
    MILLRACE_MASTER_KEY: randomBytes(32).toString('base64'),
    MILLRACE_PORT: String(port),
    MILLRACE_WORKFLOW_BUNDLE: await buildWorkflows(log),
    ...more,
  }
  return {
    databaseUrl: database.url,
    temporal,
    storageDir,
    env,
    port,
    lines,
    tenant: { id: owner.tenantId, slug: owner.slug },
    userId: owner.userId,
    ...account,
    async drop() {
      await database.drop()
      await rm(storageDir, { recursive: true, force: true })
    },
  }
}

async function createOwner(url: string, account: { email: string; password: string; token: string }) {
  const db = createDatabase(url, { maxConnections: 1 })
  try {
    const owner = await bootstrap({ ...account, tenant: 'acme', plan: 'SCALE' }, db)
    if (!owner) throw new Error('a fresh database has no user yet')
    return owner
  } finally {
    await db.$disconnect()
  }
}

async function startBuiltWeb(env: NodeJS.ProcessEnv, port: number, log: (line: string) => void): Promise<Child> {
  await buildWeb(log)
  return startWeb({ env, log, host: '127.0.0.1', port })
}

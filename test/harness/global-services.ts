import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate } from '#db/migrate'
import { buildWeb, buildWorker, buildWorkflows } from '#infra/local/build'
import { startPostgres } from '#infra/local/postgres'
import { startTemporal } from '#infra/local/temporal'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Of the server's database `postgres`, as its owner. */
    postgresUrl: string
    temporalAddress: string
  }
}

export const templateName = 'millrace_template'

type Services = { postgresUrl: string; temporalAddress: string; stop(): Promise<void> }

/** Shared by the projects of one run: each calls `setup`. */
const shared = globalThis as { millraceServices?: Promise<Services>; millraceServiceUsers?: number }

/** vitest's globalSetup: one real Postgres and one real Temporal for the whole run. */
export default async function setup(project: TestProject) {
  shared.millraceServices ??= startServices()
  shared.millraceServiceUsers = (shared.millraceServiceUsers ?? 0) + 1
  const services = await shared.millraceServices
  // Minutes on a busy machine, and hardly any other project needs it.
  if (project.name === 'e2e') await buildWeb(() => {})
  project.provide('postgresUrl', services.postgresUrl)
  project.provide('temporalAddress', services.temporalAddress)
  return async () => {
    shared.millraceServiceUsers = (shared.millraceServiceUsers ?? 1) - 1
    if (shared.millraceServiceUsers > 0) return
    shared.millraceServices = undefined
    await services.stop()
  }
}

async function startServices(): Promise<Services> {
  const dir = await mkdtemp(join(tmpdir(), 'millrace-services-'))
  // Postgres runs as another user when we are root.
  await chmod(dir, 0o755)
  const log = () => {}
  const [postgres, temporal] = await Promise.all([
    startPostgres({ dir: join(dir, 'postgres'), log, isThrowaway: true }),
    startTemporal({ dir: join(dir, 'temporal'), log }),
    // Once, and not within the time that a test file has for its own start.
    buildWorkflows(log),
    buildWorker(log),
  ])
  const postgresUrl = await createTemplate(postgres.url)
  return {
    postgresUrl,
    temporalAddress: temporal.address,
    async stop() {
      await Promise.all([postgres.stop(), temporal.stop()])
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** A migrated database that fresh ones are copied from. */
async function createTemplate(url: string): Promise<string> {
  const postgresUrl = withDatabase(url, 'postgres')
  const client = new pg.Client({ connectionString: postgresUrl })
  await client.connect()
  try {
    await client.query(`create database ${templateName}`)
    await migrate(withDatabase(url, templateName))
  } finally {
    await client.end()
  }
  return postgresUrl
}

export function withDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.toString()
}

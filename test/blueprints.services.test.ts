/** The blueprints that say they run anywhere do: without network, secrets, containers; all of them at the same time. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { blueprints } from '#catalog/blueprints/index'
import type { Scope } from '#web/server/access/tenant-scope'
import { startExecution } from '#web/server/executions/start-execution'
import { createFlow } from '#web/server/flows/create-flow'
import { closeTemporal } from '#web/server/temporal'
import { scopeOf } from '#web/server/testing/owner-scope'
import { type FreshDatabase, freshDatabase } from './harness/database'
import { Engine, type RecordedExecution } from './harness/engine'
import { freshNamespace } from './harness/namespace'

const needless = blueprints.filter(({ runsAnywhere }) => runsAnywhere)

let database: FreshDatabase
let engine: Engine
const runs = new Map<string, Promise<RecordedExecution>>()

beforeAll(async () => {
  database = await freshDatabase()
  const { address, namespace } = await freshNamespace()
  process.env.MILLRACE_SECRET = 'a secret that only the tests know of'
  const { url: databaseUrl, tenantId, userId } = database
  engine = await Engine.start({ databaseUrl, tenantId, temporalAddress: address, namespace })
  const scope = scopeOf({ tenantId, tenant: 'acme', userId })
  for (const { slug, source } of needless) {
    const run = saveAndRun(scope, source)
    run.catch(() => undefined)
    runs.set(slug, run)
  }
})

afterAll(async () => {
  await closeTemporal()
  await engine?.stop()
  await database?.drop()
})

async function saveAndRun(scope: Scope, source: string): Promise<RecordedExecution> {
  const { namespace, id } = await createFlow(scope, source)
  const started = await startExecution(scope, { namespace, id, inputs: {}, labels: [] })
  await engine.waitForState(started.id)
  return engine.read(started.id)
}

test.each(needless.map(({ slug }) => slug))('%s ends well', async slug => {
  const { state, logs } = await runs.get(slug)!
  const errors = logs.filter(({ level }) => level === 'ERROR').map(({ taskId, message }) => `${taskId}: ${message}`)
  expect(state, errors.join('\n')).toBe('SUCCESS')
})

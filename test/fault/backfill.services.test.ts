import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildWorker } from '#infra/local/build'
import { startWorker } from '#infra/local/worker'
import type { Scope } from '#web/server/access/tenant-scope'
import { sweepUnstarted } from '#web/server/executions/sweep-unstarted'
import { createFlow } from '#web/server/flows/create-flow'
import { closeTemporal } from '#web/server/temporal'
import { scopeOf } from '#web/server/testing/owner-scope'
import { updateTrigger } from '#web/server/triggers/update-trigger'
import { startTestStack, type TestStack } from '../harness/stack'

const kills = 3
const years = 15
const seed = Number(process.env.FAULT_SEED ?? Date.now() % 100_000)

let stack: TestStack
let scope: Scope

beforeAll(async () => {
  stack = await startTestStack()
  Object.assign(process.env, stack.env)
  const { id, slug } = stack.tenant
  scope = scopeOf({ tenantId: id, tenant: slug, userId: stack.userId })
})

afterAll(async () => {
  await closeTemporal()
  await stack?.stop()
})

test(`a backfill whose worker is killed again and again replays each date once (FAULT_SEED=${seed})`, async () => {
  await createFlow(
    scope,
    `id: yearly
namespace: company.team
tasks:
  - {id: wait, type: io.kestra.plugin.core.flow.Sleep, duration: PT0.2S}
triggers:
  - {id: clock, type: io.kestra.plugin.core.trigger.Schedule, cron: "0 0 1 1 *"}
`,
  )
  const key = { namespace: 'company.team', flowId: 'yearly', triggerId: 'clock' }
  await updateTrigger(scope, {
    ...key,
    backfill: { start: '2000-01-01T00:00:00Z', end: `${2000 + years - 1}-02-01T00:00:00Z` },
  })
  for (let kill = 0; kill < kills; kill++) {
    // Once all have begun there is no further one to wait for.
    const reached = Math.min(await countStarted(), years - 1)
    await expect.poll(countSwept, { timeout: 60_000 }).toBeGreaterThan(reached)
    await delay(((seed * (kill + 7)) % 400) + 1)
    await killAndStart()
  }
  const isDone = async () => {
    await sweep()
    return (await scope.db.trigger.findFirstOrThrow()).backfill === null
  }
  await expect.poll(isDone, { timeout: 120_000, interval: 500 }).toBe(true)
  const executions = await scope.db.execution.findMany({ orderBy: { createdAt: 'asc' } })
  const dates = executions.map(({ trigger }) => (trigger as { variables: { date: string } }).variables.date)
  expect(dates).toEqual(Array.from({ length: years }, (_, index) => `${2000 + index}-01-01T00:00:00Z`))
  expect(new Set(executions.map(({ state }) => state))).toEqual(new Set(['SUCCESS']))
}, 300_000)

function countStarted(): Promise<number> {
  return scope.db.execution.count()
}

/** What a worker had written and not begun is begun by the web app's sweep, which is not here. */
const sweep = () => sweepUnstarted(new Date(Date.now() - 2000))

async function countSwept(): Promise<number> {
  await sweep()
  return countStarted()
}

async function killAndStart(): Promise<void> {
  process.kill(stack.worker.pid, 'SIGKILL')
  await stack.worker.exited
  stack.worker = await startWorker({ env: stack.env, log: () => {}, bundle: await buildWorker(() => {}) })
}

import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Redis } from '#catalog/plugins/redis/shared/connect'
import { buildWorker } from '#infra/local/build'
import { startWorker } from '#infra/local/worker'
import type { Scope } from '#web/server/access/tenant-scope'
import { sweepUnstarted } from '#web/server/executions/sweep-unstarted'
import { createFlow } from '#web/server/flows/create-flow'
import { closeTemporal } from '#web/server/temporal'
import { scopeOf } from '#web/server/testing/owner-scope'
import { type RedisServer, startRedis } from '../harness/redis'
import { seededRandom } from '../harness/seeded-random'
import { startTestStack, type TestStack } from '../harness/stack'

const elements = Array.from({ length: 200 }, (_, index) => `element ${index}`)
const kills = 3
const seed = Number(process.env.FAULT_SEED ?? Date.now() % 100_000)

const server = await startRedis()
let stack: TestStack
let scope: Scope
let redis: Redis

beforeAll(async () => {
  if (server === null) return
  stack = await startTestStack()
  Object.assign(process.env, stack.env)
  const { id, slug } = stack.tenant
  scope = scopeOf({ tenantId: id, tenant: slug, userId: stack.userId })
  redis = await connect({ resolveHost: async host => host, signal: new AbortController().signal }, server.url)
}, 300_000)

afterAll(async () => {
  redis?.close()
  await closeTemporal()
  await stack?.stop()
  await server?.stop()
})

test.skipIf(server === null)(
  `each element of a list starts one execution, though its worker is killed again and again (FAULT_SEED=${seed})`,
  async () => {
    const random = seededRandom(seed)
    await createFlow(scope, flow(server!))
    const chunk = elements.length / (kills + 1)
    for (let kill = 0; kill <= kills; kill++) {
      const reached = await scope.db.execution.count()
      await redis.send('RPUSH', 'elements', ...elements.slice(kill * chunk, (kill + 1) * chunk))
      await expect.poll(() => scope.db.execution.count(), { timeout: 60_000, interval: 20 }).toBeGreaterThan(reached)
      if (kill === kills) break
      await delay(random() * 500)
      await killAndStart()
    }
    await expect.poll(countEnded, { timeout: 120_000, interval: 500 }).toBe(elements.length)
    const executions = await scope.db.execution.findMany()
    const values = executions.map(({ trigger }) => (trigger as { variables: { value: string } }).variables.value)
    expect(values.toSorted()).toEqual(elements.toSorted())
    // Nothing is left behind but the number of the next element.
    await expect
      .poll(async () => ((await redis.send('KEYS', '*')) as string[]).map(key => key.split(':').at(-1)))
      .toEqual(['head'])
  },
  300_000,
)

/** A wait makes each execution a workflow. */
const flow = ({ url }: RedisServer) => `id: elements
namespace: company.team
tasks:
  - {id: wait, type: io.kestra.plugin.core.flow.Sleep, duration: PT0.1S}
triggers:
  - {id: watch, type: io.kestra.plugin.redis.list.RealtimeTrigger, url: "${url}", key: elements}
`

/** What a worker had written and not begun is begun by the web app's sweep, which is not here. */
async function countEnded(): Promise<number> {
  await sweepUnstarted(new Date(Date.now() - 2000))
  return scope.db.execution.count({ where: { state: 'SUCCESS' } })
}

async function killAndStart(): Promise<void> {
  process.kill(stack.worker.pid, 'SIGKILL')
  await stack.worker.exited
  stack.worker = await startWorker({ env: stack.env, log: () => {}, bundle: await buildWorker(() => {}) })
}

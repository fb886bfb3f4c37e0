import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { catalog } from '#catalog/manifests'
import { tenantDb } from '#db/tenant-db'
import { type RealtimeContext, TaskError } from '#language/define-plugin'
import { createFlow } from '#web/server/flows/create-flow'
import { updateFlow } from '#web/server/flows/update-flow'
import { openWebKit, type WebKit } from '#web/server/testing/web-kit'
import { type ActivityDependencies, defaultLimits } from '../../activities/dependencies'
import { localEgress } from '../../activities/egress-guard'
import { startRealtime } from './supervisor'

let kit: WebKit
beforeAll(async () => {
  kit = await openWebKit()
})
afterAll(() => kit?.close())

/** Who listens now: the name of the worker, and what it was told. */
let listening: { worker: string; ctx: RealtimeContext; key: string }[]
let failures: Error[]
let workers: { stop(): Promise<void> }[]
beforeEach(() => {
  listening = []
  failures = []
  workers = []
})
afterEach(async () => {
  await Promise.all(workers.map(worker => worker.stop()))
  await db().trigger.deleteMany()
})
const db = () => tenantDb(kit.tenantId)

function startWorker(name: string): void {
  const realtime = {
    async listen(ctx: RealtimeContext, { key }: { key: string }) {
      const failure = failures.shift()
      if (failure !== undefined) throw failure
      const entry = { worker: name, ctx, key }
      listening.push(entry)
      await new Promise(resolve => ctx.signal.addEventListener('abort', resolve))
      listening.splice(listening.indexOf(entry), 1)
    },
  }
  const deps = {
    db: tenantDb,
    client: { workflow: { start: async () => undefined } },
    catalog,
    listens: { 'io.kestra.plugin.redis.list.RealtimeTrigger': async () => ({ default: realtime }) },
    egress: localEgress,
    limits: defaultLimits,
    serverVariables: {},
    report: () => undefined,
  } as unknown as ActivityDependencies
  workers.push(startRealtime(deps, { tenants: async () => [kit.tenantId], lookEveryMs: 100, firstWaitMs: 50 }))
}

const flow = (id: string, more = '', key = 'orders') => `id: ${id}
namespace: company.team
tasks:
  - id: out
    type: io.kestra.plugin.core.debug.Return
    format: "{{ trigger.value }}"
triggers:
  - id: watch
    type: io.kestra.plugin.redis.list.RealtimeTrigger
    url: redis://127.0.0.1/0
    key: ${key}
${more}`
const executions = (flowId: string) => db().execution.findMany({ where: { flowId }, orderBy: { createdAt: 'asc' } })
const row = (flowId: string) => db().trigger.findFirstOrThrow({ where: { flowId } })
const expectListening = (count: number) => expect.poll(() => listening.length, { timeout: 20_000 }).toBe(count)

test('one worker listens; each event comes to one execution, however often it is told', async () => {
  await createFlow(
    kit.scope,
    flow(
      'one',
      '    conditions: [{type: io.kestra.plugin.core.condition.Expression, expression: "{{ trigger.value != \'no\' }}"}]\n',
    ),
  )
  startWorker('a')
  startWorker('b')
  await expectListening(1)
  const { ctx } = listening[0]!
  for (const id of ['1', '1', '2']) await ctx.emit({ id, variables: { value: id } })
  await ctx.emit({ id: '3', variables: { value: 'no' } })
  await ctx.emit({ id: '4', variables: {}, failure: 'It is no JSON' })
  expect(await executions('one')).toMatchObject([
    { state: 'SUCCESS', trigger: { variables: { value: '1' } } },
    { state: 'SUCCESS', trigger: { variables: { value: '2' } } },
    { state: 'FAILED', error: 'The trigger watch could not start the flow. It is no JSON' },
  ])
  expect((await row('one')).lastExecutionId).toBe((await executions('one')).at(-1)!.id)
  expect(listening).toHaveLength(1)
})

test('another worker listens when the first one stops, or shows no sign of life', async () => {
  await createFlow(kit.scope, flow('moved'))
  startWorker('a')
  await expectListening(1)
  startWorker('b')
  await workers[0]!.stop()
  await expect.poll(() => listening.map(({ worker }) => worker), { timeout: 20_000 }).toEqual(['b'])
  await workers[1]!.stop()
  const silent = { holder: 'dead', until: Date.now() + 1500 }
  await db().trigger.updateMany({ data: { state: silent } })
  startWorker('c')
  await expectListening(1)
  expect(Date.now()).toBeGreaterThanOrEqual(silent.until)
})

test('an edit is listened to; a trigger that is disabled, or whose flow is, is not', async () => {
  await createFlow(kit.scope, flow('edited'))
  startWorker('a')
  await expectListening(1)
  await updateFlow(kit.scope, { namespace: 'company.team', id: 'edited', source: flow('edited', '', 'others') })
  await expect.poll(() => listening.map(({ key }) => key), { timeout: 20_000 }).toEqual(['others'])
  await db().trigger.updateMany({ data: { disabled: true, updatedAt: new Date() } })
  await expectListening(0)
  await db().trigger.updateMany({ data: { disabled: false, updatedAt: new Date() } })
  await expectListening(1)
  await db().flow.updateMany({ where: { id: 'edited' }, data: { disabled: true } })
  await expectListening(0)
})

test('a failure is shown at the trigger, which listens again', async () => {
  failures = [new TaskError('There is no host called nowhere'), new Error('boom')]
  await createFlow(kit.scope, flow('failing'))
  startWorker('a')
  await expectListening(1)
  expect((await row('failing')).error).toBe('boom')
  await listening[0]!.ctx.emit({ id: '1', variables: { value: 'x' } })
  expect((await row('failing')).error).toBeNull()
})

/** A flow's limit: who waits, in which order, and how one leaves the queue. With a real worker. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Engine } from '../../../test/harness/engine'
import { createFlow } from '../flows/create-flow'
import { updateFlow } from '../flows/update-flow'
import { ask, openWebKit, type WebKit } from '../testing/web-kit'
import { createExecutionId } from './execution-id'
import { startWorkflow } from './start-workflow'
import { inputColumns, toFlowInput } from './stored-input'
import { sweepUnstarted } from './sweep-unstarted'

let kit: WebKit
let engine: Engine

beforeAll(async () => {
  kit = await openWebKit()
  engine = await Engine.start(kit.engine)
})
afterAll(async () => {
  await engine.stop()
  await kit.close()
})

const core = 'io.kestra.plugin.core'
const namespace = 'company.team'

/** Waits until it is resumed, which keeps its place; fails where it is told to. */
function limited(id: string, limit: number, behavior = 'QUEUE'): string {
  return `id: ${id}
namespace: ${namespace}
concurrency: {limit: ${limit}, behavior: ${behavior}}
inputs: [{id: fails, type: BOOLEAN, defaults: false}]
tasks:
  - {id: hold, type: ${core}.flow.Pause}
  - {id: fail, type: ${core}.execution.Fail, condition: "{{ inputs.fails }}"}
`
}

async function call(path: string, method = 'GET', body?: unknown) {
  const init = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
  const response = await ask(`/acme/${path}`, kit.ownerToken, { method, ...init })
  return { status: response.status, reply: await response.json() }
}
const post = (path: string, body?: unknown) => call(`executions/${path}`, 'POST', body)

async function start(flowId: string, inputs: object = {}): Promise<string> {
  return (await post(`${namespace}/${flowId}`, { inputs })).reply.id
}
/** Starts several, one after the other. */
async function startAll(flowId: string, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let index = 0; index < count; index++) ids.push(await start(flowId))
  return ids
}
const stateOf = async (id: string) => (await engine.read(id)).state
const statesOf = async (id: string) => (await engine.read(id)).states
const read = async (id: string) => (await call(`executions/${id}`)).reply
const reach = (id: string, ...states: string[]) => engine.waitForState(id, ...states)
async function positions(ids: string[]) {
  const { reply } = await call(`executions/queue?${ids.map(id => `ids=${id}`).join('&')}`)
  return Object.fromEntries(
    reply.map((place: { executionId: string; position?: number }) => [ids.indexOf(place.executionId), place.position]),
  )
}
async function end(id: string): Promise<void> {
  await reach(id, 'PAUSED')
  await post(`${id}/resume`)
  await reach(id, 'SUCCESS', 'FAILED')
}

describe('a queue', () => {
  test('shows who waits where, keeps a paused one in its place, and moves up in order', async () => {
    await createFlow(kit.scope, limited('order', 2))
    const ids = await startAll('order', 4)
    await reach(ids[0]!, 'PAUSED')
    expect(await Promise.all(ids.slice(2).map(stateOf))).toEqual(['QUEUED', 'QUEUED'])
    expect(await positions(ids)).toEqual({ 2: 1, 3: 2 })
    expect((await call('concurrency-limit/search')).reply.results).toContainEqual({
      tenantId: 'acme',
      namespace,
      flowId: 'order',
      running: 2,
      waiting: 2,
      limit: 2,
      behavior: 'QUEUE',
    })
    await end(ids[0]!)
    await reach(ids[2]!, 'PAUSED')
    expect(await positions(ids)).toEqual({ 3: 1 })
    for (const id of ids.slice(1)) await end(id)
    expect((await call(`concurrency-limit/${namespace}/order`)).reply).toMatchObject({ running: 0, waiting: 0 })
    expect((await call(`concurrency-limit/${namespace}/nothing`)).status).toBe(404)
  })

  test('can be left: to run past the limit, cancelled, failed or killed; none of the last three ever runs', async () => {
    await createFlow(kit.scope, limited('leave', 1))
    const [first = '', forced = '', unqueued = '', cancelled = '', failed = '', killed = ''] = await startAll(
      'leave',
      6,
    )
    await reach(first, 'PAUSED')
    expect((await post(`${forced}/force-run`)).status).toBe(200)
    expect((await post(`${unqueued}/unqueue`)).status).toBe(200)
    expect((await post(`${cancelled}/unqueue?state=CANCELLED`)).status).toBe(200)
    expect((await post(`${failed}/unqueue?state=FAILED`)).status).toBe(200)
    expect((await call(`executions/${killed}/kill`, 'DELETE')).status).toBe(202)
    await Promise.all([forced, unqueued].map(id => reach(id, 'PAUSED')))
    await Promise.all([cancelled, failed, killed].map(id => engine.result(id)))
    const ended = await Promise.all([cancelled, failed, killed].map(id => engine.read(id)))
    expect(ended.map(({ states }) => states.at(-1))).toEqual(['CANCELLED', 'FAILED', 'KILLED'])
    expect(ended.flatMap(({ taskRuns }) => taskRuns)).toEqual([])
    expect((await read(cancelled)).error).toMatch(/@example\.com took the execution out of the queue$/)
    expect(await statesOf(forced)).toEqual(['CREATED', 'QUEUED', 'RUNNING', 'PAUSED'])
    expect((await engine.read(forced)).logs.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/@example\.com had the execution run at once$/),
    )
    expect((await post(`${forced}/unqueue`)).status).toBe(409)
    // Resumes it: that is what it waits for.
    expect((await post(`${forced}/force-run`)).status).toBe(200)
    await reach(forced, 'SUCCESS')
    expect((await post(`${forced}/force-run`)).status).toBe(409)
    await end(unqueued)
    await end(first)
  })

  test('moves up when one that holds a place is killed or deleted, and at once when the limit is edited', async () => {
    await createFlow(kit.scope, limited('edited', 1))
    const [first = '', second = '', third = '', fourth = ''] = await startAll('edited', 4)
    await reach(first, 'PAUSED')
    await call(`executions/${first}/kill`, 'DELETE')
    await reach(second, 'PAUSED')
    await updateFlow(kit.scope, { namespace, id: 'edited', source: limited('edited', 2) })
    await reach(third, 'PAUSED')
    expect(await stateOf(fourth)).toBe('QUEUED')
    await updateFlow(kit.scope, { namespace, id: 'edited', source: limited('edited', 2, 'CANCEL') })
    await reach(fourth, 'CANCELLED')
    expect((await read(fourth)).error).toMatch(/concurrency limit is reached: 2 at once/)
    await end(second)
    await end(third)
  })
})

describe('a restarted execution', () => {
  test('waits for a place behind those that waited before, and shows it', async () => {
    await createFlow(kit.scope, limited('again', 1))
    const failed = await start('again', { fails: true })
    await end(failed)
    const [holds = '', waits = ''] = await startAll('again', 2)
    await reach(holds, 'PAUSED')
    const { id: replayed } = (await post(`${failed}/replay`, { inputs: {} })).reply
    expect((await post(`${failed}/restart`)).reply.state.current).toBe('QUEUED')
    expect(await positions([waits, replayed, failed])).toEqual({ 0: 1, 1: 2, 2: 3 })
    await end(holds)
    await end(waits)
    await end(replayed)
    await reach(failed, 'FAILED')
    await engine.result(failed)
    expect(await statesOf(failed)).toEqual([
      ...['CREATED', 'RUNNING', 'PAUSED', 'RESTARTED', 'RUNNING', 'FAILED'],
      ...['RESTARTED', 'QUEUED', 'RUNNING', 'FAILED'],
    ])
  })

  test('that is killed while it waits keeps what it went through', async () => {
    await createFlow(kit.scope, limited('killed_again', 1))
    const failed = await start('killed_again', { fails: true })
    await end(failed)
    const holds = await start('killed_again')
    await post(`${failed}/restart`)
    await call(`executions/${failed}/kill`, 'DELETE')
    await engine.result(failed)
    expect((await statesOf(failed)).slice(-4)).toEqual(['FAILED', 'RESTARTED', 'QUEUED', 'KILLED'])
    expect((await engine.read(failed)).taskRuns).toHaveLength(2)
    await end(holds)
  })

  test.each(['FAIL', 'CANCEL'])('is refused under %s while the limit is reached', async behavior => {
    const id = `refused_${behavior.toLowerCase()}`
    await createFlow(kit.scope, limited(id, 1, behavior))
    const failed = await start(id, { fails: true })
    await end(failed)
    const holds = await start(id)
    await reach(holds, 'PAUSED')
    const { status, reply } = await post(`${failed}/restart`)
    expect([status, reply.message]).toEqual([409, expect.stringContaining('which is its concurrency limit')])
    expect(await stateOf(failed)).toBe('FAILED')
    await end(holds)
    expect((await post(`${failed}/restart`)).status).toBe(200)
    await engine.result(failed)
  })

  test('whose start was cut short is started by the sweep, once, and with what was asked for', async () => {
    await createFlow(kit.scope, limited('cut_short', 1))
    const failed = await start('cut_short', { fails: true })
    await end(failed)
    await engine.result(failed)
    const taskRunId = (await engine.read(failed)).taskRuns.find(({ taskId }) => taskId === 'fail')!.id
    const changedTask = { taskRunId, state: 'SUCCESS', by: 'somebody', reason: 'it was right' }
    await kit.scope.db.execution.update({
      where: { tenantId_id: { tenantId: kit.tenantId, id: failed } },
      data: { state: 'RESTARTED', resumeFrom: { executionId: failed, mode: 'restart', changedTask } },
    })
    expect(await sweepUnstarted(new Date(Date.now() + 1000))).toBe(1)
    await reach(failed, 'SUCCESS')
    expect(await sweepUnstarted(new Date(Date.now() + 1000))).toBe(0)
    expect((await engine.read(failed)).logs.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/from FAILED to SUCCESS: it was right$/),
    )
  })
})

test('one that is due later waits for its date alone, and can be run or killed before', async () => {
  await createFlow(kit.scope, limited('later', 1))
  const scheduleDate = new Date(Date.now() + 3_600_000).toISOString()
  const { reply } = await post(`${namespace}/later?scheduleDate=${scheduleDate}`)
  expect(reply.state.current).toBe('QUEUED')
  expect(await positions([reply.id])).toEqual({ 0: undefined })
  await post(`${reply.id}/force-run`)
  await end(reply.id)

  await createFlow(kit.scope, limited('later_free', 1).replace(/concurrency.*\n/, ''))
  const free = (await post(`${namespace}/later_free?scheduleDate=${scheduleDate}`)).reply
  expect(free.state.current).toBe('CREATED')
  await post(`${free.id}/force-run`)
  await end(free.id)

  for (const flowId of ['later', 'later_free']) {
    const { id } = (await post(`${namespace}/${flowId}?scheduleDate=${scheduleDate}`)).reply
    expect((await call(`executions/${id}/kill`, 'DELETE')).reply.state.current).toBe('KILLED')
    await expect(engine.result(id)).rejects.toThrow()
  }
})

test('one that is killed before it was begun never begins', async () => {
  const { plan } = await kit.scope.db.execution.findFirstOrThrow({ where: { flowId: 'later' }, select: { plan: true } })
  const { tenantId } = kit
  const id = createExecutionId()
  const data = { tenantId, id, namespace, flowId: 'later', flowRevision: 1, state: 'CREATED', plan: plan as object }
  const row = await kit.scope.db.execution.create({ data, select: inputColumns })
  await call(`executions/${id}/kill`, 'DELETE')
  // Whoever was about to begin it.
  expect((await startWorkflow(toFlowInput(tenantId, row))).outcome).toBe('known')
  await engine.result(id)
  expect(await engine.read(id)).toMatchObject({ state: 'KILLED', taskRuns: [] })
})

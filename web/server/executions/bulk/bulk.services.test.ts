/** One action on many executions: by their ids, or all that a filter matches. With a real worker. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Engine } from '../../../../test/harness/engine'
import { createFlow } from '../../flows/create-flow'
import { updateFlow } from '../../flows/update-flow'
import { ask, openWebKit, type WebKit } from '../../testing/web-kit'
import { runOnQuery } from './run-bulk'

let kit: WebKit
let engine: Engine

beforeAll(async () => {
  kit = await openWebKit()
  engine = await Engine.start(kit.engine)
  await createFlow(kit.scope, flow('quick', 'debug.Return, format: one'))
  await createFlow(kit.scope, flow('held', 'flow.Pause'))
  await createFlow(kit.scope, flow('failing', 'execution.Fail'))
  await createFlow(kit.scope, `${flow('narrow', 'flow.Pause')}concurrency: {limit: 1}\n`)
})
afterAll(async () => {
  await engine.stop()
  await kit.close()
})

const namespace = 'company.team'

function flow(id: string, task: string): string {
  return `id: ${id}\nnamespace: ${namespace}\ntasks:\n  - {id: only, type: io.kestra.plugin.core.${task}}\n`
}

async function call(method: string, path: string, body?: unknown, token = kit.ownerToken) {
  const init = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
  const response = await ask(`/acme/executions/${path}`, token, { method, ...init })
  return { status: response.status, reply: await response.json() }
}

async function start(flowId: string, count: number, state: string): Promise<string[]> {
  const ids: string[] = []
  for (let index = 0; index < count; index++) {
    const { reply } = await call('POST', `${namespace}/${flowId}`)
    ids.push(reply.id)
    await engine.waitForState(reply.id, state)
  }
  return ids
}
async function states(ids: string[]) {
  const rows = await kit.scope.db.execution.findMany({ where: { tenantId: kit.tenantId, id: { in: ids } } })
  return new Set(rows.map(({ state }) => state))
}
const ofFlow = (flowId: string) => kit.scope.db.execution.findMany({ where: { tenantId: kit.tenantId, flowId } })

describe('by ids', () => {
  test('each is done for itself: what fails is told and stops no other', async () => {
    const held = await start('held', 2, 'PAUSED')
    const ended = await start('quick', 1, 'SUCCESS')
    const { status, reply } = await call('DELETE', 'kill/by-ids', [...held, ...ended, 'nothing', held[0]])
    expect([status, reply.count, reply.failed]).toEqual([200, 2, 2])
    expect(new Set(reply.errors)).toEqual(
      new Set([
        { executionId: ended[0], code: 'CONFLICT', message: "An execution that is SUCCESS can't be killed" },
        { executionId: 'nothing', code: 'NOT_FOUND', message: 'There is no execution nothing' },
      ]),
    )
    for (const id of held) await engine.waitForState(id, 'KILLED')
  })

  test('resume, change of state, labels, delete', async () => {
    const ids = await start('held', 2, 'PAUSED')
    expect((await call('POST', 'resume/by-ids', ids)).reply).toEqual({ count: 2, failed: 0, errors: [] })
    for (const id of ids) await engine.waitForState(id, 'SUCCESS')
    await Promise.all(ids.map(id => engine.result(id)))
    expect((await call('POST', 'change-status/by-ids?newStatus=WARNING&reason=why', ids)).reply.count).toBe(2)
    expect(await states(ids)).toEqual(new Set(['WARNING']))
    expect((await engine.read(ids[0]!)).logs.at(-1)?.message).toMatch(/from SUCCESS to WARNING: why$/)
    const labels = { executionsId: ids, executionLabels: [{ key: 'team', value: 'data' }] }
    expect((await call('POST', 'labels/by-ids', labels)).reply.count).toBe(2)
    expect((await call('GET', `${ids[0]}`)).reply.labels).toEqual([
      { key: 'system.correlationId', value: ids[0] },
      { key: 'team', value: 'data' },
    ])
    expect((await call('DELETE', 'by-ids', ids)).reply.count).toBe(2)
    expect(await states(ids)).toEqual(new Set())
  })

  test('refuses too many, none, and what is no id', async () => {
    expect((await call('DELETE', 'kill/by-ids', [])).status).toBe(400)
    expect((await call('DELETE', 'kill/by-ids', Array(1001).fill('x'))).status).toBe(400)
    expect((await call('DELETE', 'kill/by-ids', [{ id: 'x' }])).status).toBe(400)
    expect((await call('DELETE', 'kill/by-ids')).status).toBe(400)
  })

  test("leaves another tenant's alone", async () => {
    const ids = await start('quick', 1, 'SUCCESS')
    const response = await ask('/other/executions/by-ids', kit.strangerToken, {
      method: 'DELETE',
      body: JSON.stringify(ids),
      headers: { 'content-type': 'application/json' },
    })
    expect(await response.json()).toMatchObject({ count: 0, failed: 1, errors: [{ code: 'NOT_FOUND' }] })
    expect(await states(ids)).toEqual(new Set(['SUCCESS']))
  })
})

describe('by query', () => {
  test('restart and replay reach what matches, once, and not what they made', async () => {
    const ids = await start('failing', 3, 'FAILED')
    await updateFlow(kit.scope, { namespace, id: 'failing', source: flow('failing', 'debug.Return, format: well') })
    const filter = `filters[flowId][EQUALS]=failing&state=FAILED`
    expect((await call('POST', `replay/by-query?${filter}&latestRevision=true`)).reply).toMatchObject({ count: 3 })
    const made = (await ofFlow('failing')).filter(({ id }) => !ids.includes(id))
    expect(made.map(({ flowRevision }) => flowRevision)).toEqual([2, 2, 2])
    for (const { id } of made) await engine.waitForState(id, 'SUCCESS')
    expect((await call('POST', `restart/by-query?${filter}`)).reply).toMatchObject({ count: 3, failed: 0 })
    for (const id of ids) await engine.waitForState(id, 'FAILED')
    await Promise.all(ids.map(id => engine.result(id)))
    expect((await call('GET', ids[0]!)).reply.metadata.attemptNumber).toBe(2)
  })

  test('force-run, unqueue and kill empty a queue', async () => {
    const [first = ''] = await start('narrow', 1, 'PAUSED')
    const [forced = ''] = await start('narrow', 1, 'QUEUED')
    expect((await call('POST', 'force-run/by-query?flowId=narrow&state=QUEUED')).reply.count).toBe(1)
    await engine.waitForState(forced, 'PAUSED')
    const cancelled = await start('narrow', 3, 'QUEUED')
    expect((await call('POST', 'unqueue/by-query?flowId=narrow&state=QUEUED&newState=CANCELLED')).reply.count).toBe(3)
    for (const id of cancelled) await engine.waitForState(id, 'CANCELLED')
    expect((await call('DELETE', 'kill/by-query?flowId=narrow&state=PAUSED')).reply.count).toBe(2)
    for (const id of [first, forced]) await engine.waitForState(id, 'KILLED')
  })

  test('goes on from where one call ended', async () => {
    const ids = await start('quick', 5, 'SUCCESS')
    const label = { key: 'batch', value: 'x' }
    await call('POST', 'labels/by-ids', { executionsId: ids, executionLabels: [label] })
    const seen: string[] = []
    const act = async (id: string) => seen.push(id)
    let cursor: string | undefined
    do {
      const result = await runOnQuery(kit.scope, { labels: ['batch:x'], limit: 2, cursor }, act)
      cursor = result.nextCursor
    } while (cursor !== undefined)
    expect(seen.sort()).toEqual(ids.sort())
    const { reply } = await call('DELETE', 'by-query?labels=batch:x&limit=3')
    expect([reply.count, typeof reply.nextCursor]).toEqual([3, 'string'])
    expect((await call('DELETE', `by-query?labels=batch:x&cursor=${reply.nextCursor}`)).reply.count).toBe(2)
    expect(await states(ids)).toEqual(new Set())
  })

  test('is refused to a lesser role', async () => {
    const viewer = await kit.tokenFor(kit.tenantId, 'VIEWER')
    const launcher = await kit.tokenFor(kit.tenantId, 'LAUNCHER')
    expect((await call('DELETE', 'kill/by-query?flowId=none', undefined, viewer)).status).toBe(403)
    expect((await call('DELETE', 'by-query?flowId=none', undefined, launcher)).status).toBe(403)
    expect((await call('POST', 'restart/by-query?flowId=none', undefined, launcher)).reply).toMatchObject({ count: 0 })
  })
})

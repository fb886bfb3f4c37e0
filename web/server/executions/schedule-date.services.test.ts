/** Executions that begin on a date; real workers walk them. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { workflowIdOf } from '#worker/contract'
import { Engine } from '../../../test/harness/engine'
import { createFlow } from '../flows/create-flow'
import { temporal } from '../temporal'
import { ask, helloFlow, openWebKit, type WebKit } from '../testing/web-kit'
import type { Execution } from './execution'

let kit: WebKit
let engine: Engine
beforeAll(async () => {
  kit = await openWebKit()
  engine = await Engine.start(kit.engine)
  await createFlow(kit.scope, helloFlow('hello'))
  await createFlow(kit.scope, helloFlow('limited', 'concurrency: {limit: 1}\n'))
})
afterAll(async () => {
  await engine?.stop()
  await kit?.close()
})

const json = { 'content-type': 'application/json' }
const later = (ms: number) => new Date(Date.now() + ms).toISOString()

async function start(flowId: string, query: Record<string, string>, init: RequestInit = {}): Promise<Execution> {
  const path = `/acme/executions/company.team/${flowId}?${new URLSearchParams(query)}`
  const response = await ask(path, kit.ownerToken, { method: 'POST', ...init })
  expect(response.status).toBe(200)
  return response.json()
}
const read = async (id: string): Promise<Execution> => (await ask(`/acme/executions/${id}`, kit.ownerToken)).json()
const stateOf = async (id: string) => (await read(id)).state.current

test.each([
  ['a form', () => ({ body: new FormData() })],
  ['JSON', () => ({ body: '{}', headers: json })],
])(
  'one started by %s waits where it is seen, and begins on its date, whatever is restarted before',
  async (_, init) => {
    const scheduleDate = later(4000)
    const execution = await start('hello', { scheduleDate, labels: 'a:b' }, init())
    expect(execution).toMatchObject({ scheduleDate, state: { current: 'CREATED' } })
    expect(execution.labels).toContainEqual({ key: 'a', value: 'b' })
    await engine.stop()
    const found = await ask('/acme/executions/search?state=CREATED', kit.ownerToken)
    expect((await found.json()).results).toContainEqual(expect.objectContaining({ id: execution.id, scheduleDate }))
    engine = await Engine.start(kit.engine)
    await expect.poll(() => stateOf(execution.id), { timeout: 30_000 }).toBe('SUCCESS')
    const { histories } = (await read(execution.id)).state
    expect(histories.map(({ state }) => state)).toEqual(['CREATED', 'RUNNING', 'SUCCESS'])
    expect(Date.parse(histories[1]!.date)).toBeGreaterThanOrEqual(Date.parse(scheduleDate))
  },
)

test('with wait, the answer comes with the end', async () => {
  const execution = await start('hello', { scheduleDate: later(1500), wait: 'true' }, { body: '{}', headers: json })
  expect(execution.state.current).toBe('SUCCESS')
})

test('of a flow with a limit, it asks for a place on its date', async () => {
  const scheduleDate = later(2000)
  const { id } = await start('limited', { scheduleDate }, { body: '{}', headers: json })
  await expect.poll(() => stateOf(id), { timeout: 30_000 }).toBe('SUCCESS')
  const { histories } = (await read(id)).state
  expect(Date.parse(histories.find(({ state }) => state === 'RUNNING')!.date)).toBeGreaterThanOrEqual(
    Date.parse(scheduleDate),
  )
})

test.each(['hello', 'limited'])('can be killed before: %s', async flowId => {
  const { id } = await start(flowId, { scheduleDate: later(3_600_000) }, { body: '{}', headers: json })
  expect((await ask(`/acme/executions/${id}/kill`, kit.ownerToken, { method: 'DELETE' })).status).toBe(202)
  await expect.poll(() => stateOf(id), { timeout: 20_000 }).toBe('KILLED')
  expect((await read(id)).taskRunList).toEqual([])
  const workflow = temporal().workflow.getHandle(workflowIdOf(kit.tenantId, id))
  await expect.poll(async () => (await workflow.describe()).status.name, { timeout: 20_000 }).not.toBe('RUNNING')
})

test('a date long past begins at once; one that is none, or ages away, is refused', async () => {
  const { id } = await start('hello', { scheduleDate: '2020-01-01T00:00:00Z' }, { body: '{}', headers: json })
  await expect.poll(() => stateOf(id), { timeout: 20_000 }).toBe('SUCCESS')
  for (const scheduleDate of ['tomorrow', '2026-13-01T00:00:00Z', '9999-01-01T00:00:00Z']) {
    const path = `/acme/executions/company.team/hello?${new URLSearchParams({ scheduleDate })}`
    const refused = await ask(path, kit.ownerToken, { method: 'POST', body: '{}', headers: json })
    expect([refused.status, (await refused.json()).message]).toEqual([400, expect.stringContaining('scheduleDate')])
  }
})

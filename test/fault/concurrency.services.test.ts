import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ScopedDb, tenantDb } from '#db/tenant-db'
import { type MortalPart, type MortalStack, mortalParts, startMortalStack } from '../harness/mortal-stack'
import { seededRandom } from '../harness/seeded-random'

/** FAULT_ALL=1: the whole load; a run of all tests takes less of it. */
const isWhole = process.env.FAULT_ALL === '1'
const limit = 3
const executions = isWhole ? 300 : 90
const clients = 6
const killsOfEach = isWhole ? 2 : 1
const seed = Number(process.env.FAULT_SEED ?? Date.now() % 100_000)
const namespace = 'company.team'
const flowId = 'narrow'

let stack: MortalStack
let db: ScopedDb

beforeAll(async () => {
  stack = await startMortalStack()
  db = tenantDb(stack.tenant.id)
}, 600_000)
afterAll(() => stack?.stop(), 60_000)

/** A wait inside the workflow, a task outside it, and a line in the log. */
const flow = `id: ${flowId}
namespace: ${namespace}
concurrency: {limit: ${limit}, behavior: QUEUE}
inputs: [{id: hold, type: DURATION, defaults: PT0.1S}]
tasks:
  - {id: wait, type: io.kestra.plugin.core.flow.Sleep, duration: "{{ inputs.hold }}"}
  - {id: write, type: io.kestra.plugin.core.storage.Write, content: "{{ execution.id }}", extension: .txt}
  - {id: tell, type: io.kestra.plugin.core.log.Log, message: "effect of {{ execution.id }}"}
`

test(`a limit holds, and nothing is lost or doubled, whatever dies (FAULT_SEED=${seed})`, async () => {
  await post('flows', flow, 'application/x-yaml')
  const sampler = await sampleRunning()
  const [, killed] = await Promise.all([startMany(), killAtRandom()])
  await allEnded()
  const { most, samples } = await sampler.stop()
  expect(killed).toBe(killsOfEach * mortalParts.length)
  expect(samples).toBeGreaterThan(100)
  expect(most).toBe(limit)
  await expectEachOnce()
  await expectFreePlaces()
}, 400_000)

function post(path: string, body: string, type = 'application/json') {
  return ask(path, { method: 'POST', body, headers: { 'content-type': type } })
}

async function ask(path: string, { headers, ...request }: RequestInit) {
  const response = await fetch(`${stack.webUrl}/api/v1/${stack.tenant.slug}/${path}`, {
    ...request,
    headers: { ...headers, authorization: `Bearer ${stack.token}` },
    signal: AbortSignal.timeout(60_000),
  })
  const reply = await response.json()
  if (!response.ok) throw new Error(JSON.stringify(reply))
  return reply
}

const count = (where: object = {}) => db.execution.count({ where: { tenantId: stack.tenant.id, flowId, ...where } })

/** A request that broke off may have started one: what is in the database counts. */
async function startMany(): Promise<void> {
  let isEnough = false
  async function client(): Promise<void> {
    while (!isEnough) {
      await post(`executions/${namespace}/${flowId}`, '{}').catch(() => delay(200))
      isEnough = (await count()) >= executions
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
}

async function killAtRandom(): Promise<number> {
  const random = seededRandom(seed)
  const left: MortalPart[] = Array.from({ length: killsOfEach }, () => mortalParts).flat()
  let kills = 0
  while (left.length > 0) {
    await delay(500 + random() * 2500)
    const [part] = left.splice(Math.floor(random() * left.length), 1)
    await stack.kill(part!)
    kills += 1
  }
  return kills
}

/** Counts from rows alone how many run at each moment, on a connection that does nothing else. */
async function sampleRunning() {
  const client = new pg.Client({ connectionString: stack.databaseUrl })
  await client.connect()
  await client.query(`select set_config('app.tenant', $1, false)`, [stack.tenant.id])
  let isOver = false
  const running = (async () => {
    let [most, samples] = [0, 0]
    while (!isOver) {
      const { rows } = await client.query<{ running: number }>(
        `select count(*)::int as running from execution
         where flow_id = $1 and state <> 'QUEUED' and not is_ended(state)`,
        [flowId],
      )
      most = Math.max(most, rows[0]?.running ?? 0)
      samples += 1
      await delay(10)
    }
    await client.end()
    return { most, samples }
  })()
  return {
    stop() {
      isOver = true
      return running
    },
  }
}

async function allEnded(): Promise<void> {
  const open = { state: { notIn: ['SUCCESS', 'FAILED', 'WARNING', 'KILLED', 'CANCELLED'] } }
  await expect.poll(() => count(open), { timeout: 250_000, interval: 200 }).toBe(0)
}

async function expectEachOnce(): Promise<void> {
  const { tenantId } = { tenantId: stack.tenant.id }
  const rows = await db.execution.findMany({ where: { tenantId, flowId }, select: { id: true, histories: true } })
  expect(rows.length).toBeGreaterThanOrEqual(executions)
  for (const { histories } of rows) {
    const states = (histories as { state: string }[]).map(({ state }) => state).filter(state => state !== 'QUEUED')
    expect(states).toEqual(['CREATED', 'RUNNING', 'SUCCESS'])
  }
  const runs = await db.taskRun.groupBy({ by: ['taskId', 'state'], where: { tenantId }, _count: true })
  expect(runs.map(({ taskId, state, _count }) => `${taskId} ${state} ${_count}`).sort()).toEqual(
    ['tell', 'wait', 'write'].map(task => `${task} SUCCESS ${rows.length}`),
  )
  const effects = await db.log.findMany({ where: { tenantId, message: { startsWith: 'effect of ' } } })
  expect(effects.map(({ message }) => message).sort()).toEqual(rows.map(({ id }) => `effect of ${id}`).sort())
}

/** No place is lost: as many as the limit run at once again, and one more waits until they are gone. */
async function expectFreePlaces(): Promise<void> {
  const started: { id: string; state: string }[] = []
  for (const hold of [...Array(limit).fill('PT1H'), 'PT0.1S']) {
    const { id, state } = await post(`executions/${namespace}/${flowId}`, JSON.stringify({ inputs: { hold } }))
    started.push({ id, state: state.current === 'QUEUED' ? 'waits' : 'runs' })
  }
  expect(started.map(({ state }) => state)).toEqual([...Array(limit).fill('runs'), 'waits'])
  const last = started.pop()!
  for (const { id } of started) await ask(`executions/${id}/kill`, { method: 'DELETE' })
  await allEnded()
  expect(await count({ id: last.id, state: 'SUCCESS' })).toBe(1)
}

/** What people do to executions, through the API and with a real worker. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Engine } from '../../../test/harness/engine'
import { createFlow } from '../flows/create-flow'
import { updateFlow } from '../flows/update-flow'
import { ask, openWebKit, type WebKit } from '../testing/web-kit'
import type { Execution } from './execution'

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

function flow(id: string, body: string): string {
  return `id: ${id}\nnamespace: company.team\n${body}\n`
}

async function post(path: string, body?: unknown) {
  const init = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
  const response = await ask(`/acme/executions/${path}`, kit.ownerToken, { method: 'POST', ...init })
  return { status: response.status, reply: await response.json() }
}

/** Saves a flow, runs it to its end, and reads it. */
async function run(id: string, body: string): Promise<Execution> {
  await createFlow(kit.scope, flow(id, body))
  const { reply } = await post(`company.team/${id}?wait=true`)
  return reply
}

async function read(id: string): Promise<Execution> {
  return (await ask(`/acme/executions/${id}`, kit.ownerToken)).json()
}

async function ended(id: string): Promise<Execution> {
  await engine.waitForState(id)
  await engine.result(id)
  return read(id)
}

const runsOf = (execution: Execution) =>
  (execution.taskRunList ?? []).map(({ taskId, state }) => `${taskId} ${state.current}`)
const runOf = (execution: Execution, taskId: string) =>
  (execution.taskRunList ?? []).find(found => found.taskId === taskId)!
const logsOf = async ({ id }: Pick<Execution, 'id'>) => (await engine.read(id)).logs.map(({ message }) => message)

const failing = `tasks:
  - {id: first, type: ${core}.debug.Return, format: "1"}
  - id: group
    type: ${core}.flow.Sequential
    tasks:
      - {id: broken, type: ${core}.execution.Fail}
      - {id: inside, type: ${core}.debug.Return, format: "{{ tasks.broken.state }}"}
  - {id: last, type: ${core}.debug.Return, format: "{{ outputs.first.value }}"}
errors:
  - {id: handler, type: ${core}.debug.Return, format: x}
afterExecution:
  - {id: after, type: ${core}.debug.Return, format: "{{ execution.state }}"}`

describe('another state of a task run', () => {
  test.each(['SUCCESS', 'WARNING', 'SKIPPED'])('%s has the execution go on after it', async state => {
    const failed = await run(`set_${state.toLowerCase()}`, failing)
    expect(runsOf(failed)).toEqual([
      'first SUCCESS',
      'group FAILED',
      'broken FAILED',
      'handler SUCCESS',
      'after SUCCESS',
    ])
    const taskRunId = runOf(failed, 'broken').id
    const { status } = await post(`${failed.id}/state`, { taskRunId, state, reason: 'seen by hand' })
    expect(status).toBe(200)
    const again = await ended(failed.id)
    const end = state === 'WARNING' ? 'WARNING' : 'SUCCESS'
    expect(again.state.current).toBe(end)
    expect(again.state.histories.map(change => change.state)).toEqual([
      'CREATED',
      'RUNNING',
      'FAILED',
      'RESTARTED',
      'RUNNING',
      end,
    ])
    expect(runsOf(again)).toEqual([
      'first SUCCESS',
      `group ${end}`,
      `broken ${state}`,
      'inside SUCCESS',
      'last SUCCESS',
      'after SUCCESS',
    ])
    expect(runOf(again, 'broken').id).toBe(taskRunId)
    expect(runOf(again, 'broken').state.histories.map(change => change.state)).toEqual([
      'CREATED',
      'RUNNING',
      'FAILED',
      state,
    ])
    expect(runOf(again, 'inside').outputs).toEqual({ value: state })
    expect(await logsOf(again)).toContainEqual(
      expect.stringMatching(
        /^owner-.*@example\.com changed the state of the task run .* of the task broken from FAILED to \w+: seen by hand$/,
      ),
    )
  })

  test('FAILED has its holders and the flow fail', async () => {
    const good = await run(
      'set_failed',
      `tasks:
  - {id: first, type: ${core}.debug.Return, format: "1"}
  - {id: last, type: ${core}.debug.Return, format: "2"}
errors:
  - {id: handler, type: ${core}.debug.Return, format: x}`,
    )
    await post(`${good.id}/state`, { taskRunId: runOf(good, 'last').id, state: 'FAILED' })
    const again = await ended(good.id)
    expect(again.state.current).toBe('FAILED')
    expect(runsOf(again)).toEqual(['first SUCCESS', 'last FAILED', 'handler SUCCESS'])
  })

  test('is refused for what it can not be done to', async () => {
    const failed = await run('set_refused', failing)
    const taskRunId = runOf(failed, 'broken').id
    expect(await post(`${failed.id}/state`, { taskRunId: 'nothing', state: 'SUCCESS' })).toMatchObject({ status: 404 })
    expect(await post(`${failed.id}/state`, { taskRunId, state: 'RUNNING' })).toMatchObject({ status: 400 })
    expect(await post(`${failed.id}/state`, { taskRunId, state: 'FAILED' })).toMatchObject({ status: 409 })
    await post(`${failed.id}/change-status?status=KILLED`)
    const { status, reply } = await post(`${failed.id}/state`, { taskRunId, state: 'SUCCESS' })
    expect([status, reply.message]).toEqual([409, "An execution that is KILLED can't be changed"])
  })
})

test('another state of the execution: nothing runs, and its log says who', async () => {
  const failed = await run('status', failing)
  const { status, reply } = await post(`${failed.id}/change-status?status=SUCCESS`)
  expect(status).toBe(200)
  expect(reply.state.histories.map((change: { state: string }) => change.state)).toEqual([
    'CREATED',
    'RUNNING',
    'FAILED',
    'SUCCESS',
  ])
  expect(runsOf(reply)).toEqual(runsOf(failed))
  expect(await logsOf(failed)).toContainEqual(
    expect.stringMatching(/@example\.com changed the state of the execution from FAILED to SUCCESS$/),
  )
  expect((await post(`${failed.id}/change-status?status=SUCCESS`)).status).toBe(409)
  expect((await post(`${failed.id}/change-status?status=RUNNING`)).status).toBe(400)
})

test('labels: replaced, those of the system stay and can not be set', async () => {
  const execution = await run('labelled', `labels: {team: data, old: x}\n${failing}`)
  const correlation = { key: 'system.correlationId', value: execution.id }
  const { reply } = await post(`${execution.id}/labels`, [
    { key: 'team', value: 'web' },
    { key: 'new', value: 'y' },
  ])
  expect(reply.labels).toEqual([{ key: 'team', value: 'web' }, { key: 'new', value: 'y' }, correlation])
  const refused = await post(`${execution.id}/labels`, [{ key: 'system.username', value: 'root' }])
  expect(refused.status).toBe(422)
  const same = await post(`${execution.id}/labels`, { labels: [correlation] })
  expect([same.status, same.reply.labels]).toEqual([200, [correlation]])
})

describe('restart', () => {
  test('with another revision is a new execution that keeps what succeeded', async () => {
    const failed = await run('fixed', failing)
    const source = flow(
      'fixed',
      failing.replace(
        '{id: broken, type: io.kestra.plugin.core.execution.Fail}',
        `{id: broken, type: ${core}.log.Log, message: fixed}`,
      ),
    )
    await updateFlow(kit.scope, { namespace: 'company.team', id: 'fixed', source })
    const { reply } = await post(`${failed.id}/restart?revision=2`)
    expect(reply.id).not.toBe(failed.id)
    const again = await ended(reply.id)
    expect([again.state.current, again.flowRevision, again.originalId]).toEqual(['SUCCESS', 2, failed.id])
    expect(again.labels).toContainEqual({ key: 'system.restarted', value: 'true' })
    expect(runsOf(again)).toEqual([
      'first SUCCESS',
      'group SUCCESS',
      'broken SUCCESS',
      'inside SUCCESS',
      'last SUCCESS',
      'after SUCCESS',
    ])
    expect(runOf(again, 'after').outputs).toEqual({ value: 'SUCCESS' })
    expect((await read(failed.id)).state.current).toBe('FAILED')
  })

  test('runs the tasks of a WorkingDirectory again, in their places', async () => {
    const failed = await run(
      'folder_restart',
      `tasks:
  - id: dir
    type: ${core}.flow.WorkingDirectory
    tasks:
      - {id: one, type: ${core}.debug.Return, format: "{{ taskrun.id }}"}
      - {id: two, type: ${core}.execution.Fail}`,
    )
    await post(`${failed.id}/restart`)
    const again = await ended(failed.id)
    expect(runsOf(again)).toEqual(['dir FAILED', 'one SUCCESS', 'two FAILED'])
    expect(runOf(again, 'one').id).not.toBe(runOf(failed, 'one').id)
    expect(again.metadata.attemptNumber).toBe(2)
  })
})

describe('replay from a task run', () => {
  const source = (last: string) => `tasks:
  - {id: first, type: ${core}.debug.Return, format: "{{ execution.id }}"}
  - {id: last, type: ${core}.debug.Return, format: "${last} {{ outputs.first.value }}"}`

  test('with the same revision, and with a newer one', async () => {
    const first = await run('again', source('old'))
    await updateFlow(kit.scope, { namespace: 'company.team', id: 'again', source: flow('again', source('new')) })
    const taskRunId = runOf(first, 'last').id
    for (const [query, value] of [
      ['', `old ${first.id}`],
      ['&revision=2', `new ${first.id}`],
    ]) {
      const { reply } = await post(`${first.id}/replay?taskRunId=${taskRunId}${query}`)
      const again = await ended(reply.id)
      expect(again.id).not.toBe(first.id)
      expect(runOf(again, 'last').outputs).toEqual({ value })
      expect(again.labels).toContainEqual({ key: 'system.replay', value: 'true' })
    }
    expect((await read(first.id)).labels).toContainEqual({ key: 'system.replayed', value: 'true' })
  })
})

describe('pause, resume, kill', () => {
  const asking = `tasks:
  - id: ask
    type: ${core}.flow.Pause
    onResume:
      - {id: count, type: INT}
      - {id: note, type: STRING, required: false}
  - {id: read, type: ${core}.debug.Return, format: "{{ outputs.ask.onResume.count + 1 }}"}`

  async function begin(id: string, body: string): Promise<Execution> {
    await createFlow(kit.scope, flow(id, body))
    return (await post(`company.team/${id}`)).reply
  }

  test('resumes with the inputs that were asked for, as JSON or as a form, and no others', async () => {
    for (const [id, isForm] of [
      ['ask_json', false],
      ['ask_form', true],
    ] as const) {
      const execution = await begin(id, asking)
      await engine.waitForState(execution.id, 'PAUSED')
      expect((await post(`${execution.id}/resume`, { inputs: { count: 'many' } })).status).toBe(422)
      const form = new FormData()
      form.set('count', '41')
      const path = `/acme/executions/${execution.id}/actions/resume`
      const resumed = isForm
        ? (await ask(path, kit.ownerToken, { method: 'POST', body: form })).status
        : (await post(`${execution.id}/actions/resume`, { inputs: { count: 41 } })).status
      expect(resumed).toBe(200)
      expect(runOf(await ended(execution.id), 'read').outputs).toEqual({ value: '42' })
      expect((await post(`${execution.id}/resume`)).status).toBe(409)
    }
  })

  test('pauses from outside, and goes on when resumed', async () => {
    // The first task ends when it is answered: not before the pause has been asked for.
    const server = createServer()
    const asked = once(server, 'request')
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const body = `tasks:
  - {id: first, type: ${core}.http.Request, uri: "http://127.0.0.1:${(server.address() as AddressInfo).port}/"}
  - {id: second, type: ${core}.debug.Return, format: x}`
    try {
      const execution = await begin('pausing', body)
      const [, response] = await asked
      await engine.waitForState(execution.id, 'RUNNING')
      expect((await post(`${execution.id}/actions/pause`)).status).toBe(200)
      await engine.waitForState(execution.id, 'PAUSED')
      response.end('hi')
      await engine.waitForTaskState(execution.id, 'first', 'SUCCESS')
      expect(runsOf(await read(execution.id))).toEqual(['first SUCCESS'])
      expect((await post(`${execution.id}/resume`)).status).toBe(200)
      expect(runsOf(await ended(execution.id))).toEqual(['first SUCCESS', 'second SUCCESS'])
    } finally {
      server.closeAllConnections()
      server.close()
    }
  })

  test('kills an execution with all that it started', async () => {
    const sleeper = `inputs:
  - {id: file, type: STRING, required: false}
tasks:
  - {id: sleep, type: ${core}.flow.Sleep, duration: PT5M}`
    await createFlow(kit.scope, flow('sleeper', sleeper))
    const execution = await begin(
      'starter',
      `tasks:
  - id: all
    type: ${core}.flow.Parallel
    tasks:
      - {id: sub, type: ${core}.flow.Subflow, namespace: company.team, flowId: sleeper}
      - id: lines
        type: ${core}.flow.Sequential
        tasks:
          - {id: write, type: ${core}.storage.Write, content: "a\\nb", extension: .txt}
          - {id: each, type: ${core}.flow.ForEachItem, items: "{{ outputs.write.uri }}", namespace: company.team, flowId: sleeper, inputs: {file: "{{ taskrun.items }}"}}`,
    )
    // A task that calls another flow is RUNNING a moment before the execution of that flow is there.
    const where = { parentId: execution.id }
    const states = async () => (await engine.db.execution.findMany({ where })).map(({ state }) => state)
    await expect.poll(states).toEqual(['RUNNING', 'RUNNING', 'RUNNING'])
    const killed = await ask(`/acme/executions/${execution.id}/kill`, kit.ownerToken, { method: 'DELETE' })
    expect(killed.status).toBe(202)
    expect((await ended(execution.id)).state.current).toBe('KILLED')
    expect(await states()).toEqual(['KILLED', 'KILLED', 'KILLED'])
  })
})

test('delete: with its files, log and metrics, unless they are to stay', async () => {
  const body = `tasks:
  - {id: write, type: ${core}.storage.Write, content: hi, extension: .txt}
  - {id: tell, type: ${core}.log.Log, message: hi}
  - {id: measure, type: ${core}.metric.Publish, metrics: [{type: counter, name: n, value: 1}]}`
  const [gone, kept] = [await run('deleted', body), await run('deleted_kept', body)]
  const counts = async ({ id }: Execution) => {
    const where = { tenantId: kit.tenantId, executionId: id }
    return [await engine.db.log.count({ where }), await engine.db.metric.count({ where })]
  }
  const remove = (id: string, query: string) =>
    ask(`/acme/executions/${id}${query}`, kit.ownerToken, { method: 'DELETE' })
  expect((await remove(gone.id, '')).status).toBe(204)
  expect(await counts(gone)).toEqual([0, 0])
  const [logs, metrics] = await counts(kept)
  expect((await remove(kept.id, '?deleteLogs=false&deleteMetrics=false')).status).toBe(204)
  expect(await counts(kept)).toEqual([logs, metrics])
  expect(logs).toBeGreaterThan(0)
  expect(metrics).toBeGreaterThan(0)
})

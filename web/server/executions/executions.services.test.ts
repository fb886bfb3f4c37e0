/** What the API does with executions. The worker's part is played by its own recorder: the same writes, at a known moment. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { database, databaseUrl } from '#db/client'
import { listen } from '#db/listen'
import { createExecutionRecorder, type ExecutionRecorder, type LogRow } from '#db/record-execution'
import { executionFolder, toStorageUri } from '#db/storage/uri'
import { executionChannel, workflowIdOf } from '#worker/contract'
import { createFlow } from '../flows/create-flow'
import { storage } from '../storage'
import { temporal } from '../temporal'
import { ask, helloFlow, openWebKit, type WebKit } from '../testing/web-kit'
import type { Execution } from './execution'
import { createExecutionId } from './execution-id'
import { sweepUnstarted } from './sweep-unstarted'

let kit: WebKit
let recorder: ExecutionRecorder

/** What only computes would need no workflow. */
const sleeping = 'finally:\n  - id: nap\n    type: io.kestra.plugin.core.flow.Sleep\n    duration: PT1S\n'

beforeAll(async () => {
  kit = await openWebKit()
  recorder = createExecutionRecorder(databaseUrl(), { channel: executionChannel })
  await createFlow(kit.scope, helloFlow('hello', `labels:\n  team: data\n${sleeping}`))
  await createFlow(
    kit.scope,
    helloFlow(
      'asks',
      `inputs:\n  - id: count\n    type: INT\n  - id: data\n    type: FILE\n    required: false\n${sleeping}`,
    ),
  )
  await createFlow(kit.scope, helloFlow('computes', 'labels:\n  team: data\n'))
})
afterAll(async () => {
  await recorder.close()
  await kit.close()
})

const read = async (path: string) => (await ask(path, kit.ownerToken)).json()

async function start(flowId = 'hello', query = '', body: object = {}): Promise<Execution> {
  const response = await ask(`/acme/executions/company.team/${flowId}${query}`, kit.ownerToken, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  })
  expect(response.status).toBe(200)
  return response.json()
}

/** What the worker writes when the execution has come to a state. */
async function recordState(
  execution: Pick<Execution, 'id' | 'state'>,
  state: string,
  version: number,
  logs: string[] = [],
) {
  const date = new Date().toISOString()
  await recorder.record(refOf(execution.id), {
    execution: {
      state,
      histories: [...execution.state.histories, { state, date }],
      outputs: { done: true },
      variables: null,
      labels: [],
      error: null,
      version,
      startDate: date,
      endDate: state === 'SUCCESS' ? date : null,
    },
    taskRuns: [],
    removedTaskRuns: [],
    logs: logs.map(logRow),
    metrics: [],
  })
}

async function recordLogs(id: string, messages: string[], from = 0) {
  const logs = messages.map((message, index) => ({ ...logRow(message), sequence: from + index }))
  await recorder.record(refOf(id), { taskRuns: [], removedTaskRuns: [], logs, metrics: [] })
}

function refOf(executionId: string) {
  return { tenantId: kit.tenantId, executionId, namespace: 'company.team', flowId: 'hello' }
}

function logRow(message: string): LogRow {
  const level = message.startsWith('!') ? 'ERROR' : 'INFO'
  return {
    taskRunId: '',
    attempt: 0,
    sequence: 1_000 + message.length,
    timestamp: new Date().toISOString(),
    taskId: null,
    level,
    message,
  }
}

type Event = { id?: string; event?: string; data: unknown }

/** Reads events until one fits or the stream ends; then leaves. */
async function readEvents(response: Response, isLast: (event: Event) => boolean): Promise<Event[]> {
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  const events: Event[] = []
  let text = ''
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const event of blocks.flatMap(parseEvent)) {
      events.push(event)
      if (isLast(event)) return events
    }
  }
  return events
}

function parseEvent(block: string): Event[] {
  const fields = Object.fromEntries(block.split('\n').map(line => line.split(/: (.*)/s, 2) as [string, string]))
  return fields.data === undefined ? [] : [{ id: fields.id, event: fields.event, data: JSON.parse(fields.data) }]
}

test('starting writes a row and starts a workflow', async () => {
  const execution = await start('hello', '?labels=run:nightly')
  expect(execution).toMatchObject({
    tenantId: 'acme',
    namespace: 'company.team',
    flowId: 'hello',
    flowRevision: 1,
    state: { current: 'CREATED' },
    taskRunList: [],
    originalId: execution.id,
    metadata: { attemptNumber: 1 },
  })
  expect(execution.id).toMatch(/^[0-9A-Za-z]{22}$/)
  expect(execution.labels).toEqual([
    { key: 'team', value: 'data' },
    { key: 'run', value: 'nightly' },
    { key: 'system.correlationId', value: execution.id },
  ])
  const workflow = await temporal().workflow.getHandle(workflowIdOf(kit.tenantId, execution.id)).describe()
  expect(workflow).toMatchObject({ type: 'executeFlow', status: { name: 'RUNNING' } })
})

test.each(['', '?wait=true'])('what only computes has ended when its start is answered (%s)', async query => {
  const execution = await start('computes', query)
  const runs = [{ taskId: 'hello', state: { current: 'SUCCESS' }, attempts: [{ state: { current: 'SUCCESS' } }] }]
  expect(execution).toMatchObject({ state: { current: 'SUCCESS' }, taskRunList: runs })
  expect(execution.labels).toContainEqual({ key: 'team', value: 'data' })
  expect(await read(`/acme/executions/${execution.id}`)).toEqual(execution)
  const events = await readEvents(await ask(`/acme/executions/${execution.id}/follow`, kit.ownerToken), () => false)
  expect(events.map(({ id }) => id)).toEqual(['start', 'end'])
  expect((await read(`/acme/logs/${execution.id}`)).map(messageOf)).toEqual(['Hello'])
  await expect(temporal().workflow.getHandle(workflowIdOf(kit.tenantId, execution.id)).describe()).rejects.toThrow()
})

test('what only computes is told to those who listen', async () => {
  let onNotify: (payload: string) => void = () => undefined
  const told = new Promise<string>(resolve => {
    onNotify = resolve
  })
  const listener = listen(executionChannel, { notify: payload => onNotify(payload) })
  await listener.ready
  const { id } = await start('computes')
  expect(await told).toBe(`${kit.tenantId}/${id}`)
  await listener.close()
})

test('wait=true answers with the finished execution', async () => {
  const waiting = ask('/acme/executions/company.team/hello?wait=true&labels=wait:yes', kit.ownerToken, {
    method: 'POST',
  })
  const created = await eventually(async () => {
    const { results } = await read('/acme/executions/search?labels=wait:yes')
    return results[0] as Execution | undefined
  })
  await recordState(created, 'RUNNING', 1)
  await recordState(created, 'SUCCESS', 2)
  const response = await waiting
  expect(response.status).toBe(200)
  expect(await response.json()).toMatchObject({
    id: created.id,
    outputs: { done: true },
    state: { current: 'SUCCESS', endDate: expect.any(String) },
  })
})

test('inputs: all problems are told and nothing starts; files are stored under the execution', async () => {
  const before = (await read('/acme/executions/search?flowId=asks')).total
  const bad = await ask('/acme/executions/company.team/asks', kit.ownerToken, {
    method: 'POST',
    body: JSON.stringify({ inputs: { count: 'many' } }),
    headers: { 'content-type': 'application/json' },
  })
  expect(bad.status).toBe(422)
  expect((await bad.json())._embedded.errors).toEqual([
    expect.objectContaining({ path: expect.stringContaining('count') }),
  ])
  expect((await read('/acme/executions/search?flowId=asks')).total).toBe(before)

  const form = new FormData()
  form.append('count', '7')
  form.append('data', new File(['a,b\n1,2\n'], 'numbers.csv'))
  const response = await ask('/acme/executions/company.team/asks', kit.ownerToken, { method: 'POST', body: form })
  expect(response.status).toBe(200)
  const execution: Execution = await response.json()
  const uri = `kestra:///company/team/asks/executions/${execution.id}/inputs/data/numbers.csv`
  expect(execution.inputs).toEqual({ count: 7, data: uri })

  const file = await ask(`/acme/executions/${execution.id}/file?path=${encodeURIComponent(uri)}`, kit.ownerToken)
  expect(await file.text()).toBe('a,b\n1,2\n')
  expect(Object.fromEntries(file.headers)).toMatchObject({
    'content-disposition': `attachment; filename="numbers.csv"; filename*=UTF-8''numbers.csv`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': expect.stringContaining('sandbox'),
  })
  expect(await read(`/acme/executions/${execution.id}/file/preview?path=${encodeURIComponent(uri)}`)).toMatchObject({
    type: 'LIST',
    columns: ['a', 'b'],
    content: [{ a: expect.anything(), b: expect.anything() }],
    truncated: false,
  })
})

test('a file of another execution is not there', async () => {
  const [mine, other] = [await start(), await start()]
  const path = `${executionFolder(refOf(other.id))}/tasks/a/1/secret.txt`
  await storage().put(kit.tenantId, path, 'secret')
  const ofOther = await ask(`/acme/executions/${other.id}/file?path=${toStorageUri(path)}`, kit.ownerToken)
  expect(await ofOther.text()).toBe('secret')
  for (const uri of [toStorageUri(path), 'kestra:///company/team/_files/a.txt', `kestra:///x/../${path}`]) {
    const response = await ask(`/acme/executions/${mine.id}/file?path=${uri}`, kit.ownerToken)
    expect(response.status).toBe(404)
  }
})

test('an execution whose start was cut short is started by the sweep, once', async () => {
  const { plan } = await kit.scope.db.execution.findFirstOrThrow({ select: { plan: true } })
  const id = createExecutionId()
  const data = { tenantId: kit.tenantId, id, namespace: 'company.team', flowId: 'hello', flowRevision: 1 }
  await kit.scope.db.execution.create({ data: { ...data, state: 'CREATED', plan: plan as object } })
  const workflow = temporal().workflow.getHandle(workflowIdOf(kit.tenantId, id))
  await expect(workflow.describe()).rejects.toThrow()
  const soon = new Date(Date.now() + 1_000)
  expect(await sweepUnstarted(soon)).toBe(1)
  const { runId } = await workflow.describe()
  expect(await sweepUnstarted(soon)).toBe(0)
  expect((await workflow.describe()).runId).toBe(runId)
})

test('kill: a workflow gets the signal; one that never began just ends; an ended one is 409', async () => {
  const execution = await start()
  const kill = (id: string) => ask(`/acme/executions/${id}/kill`, kit.ownerToken, { method: 'DELETE' })
  expect((await kill(execution.id)).status).toBe(202)
  const history = await temporal().workflow.getHandle(workflowIdOf(kit.tenantId, execution.id)).fetchHistory()
  const signals = history.events?.flatMap(event => event.workflowExecutionSignaledEventAttributes?.signalName ?? [])
  expect(signals).toEqual(['kill'])

  await temporal().workflow.getHandle(workflowIdOf(kit.tenantId, execution.id)).terminate()
  expect(await (await kill(execution.id)).json()).toMatchObject({ state: { current: 'KILLED' } })
  expect((await kill(execution.id)).status).toBe(409)
  expect((await kill('nothing')).status).toBe(404)
})

test('following an execution: start, progress, end', async () => {
  const execution = await start()
  const response = await ask(`/acme/executions/${execution.id}/follow`, kit.ownerToken)
  const events = readEvents(response, () => false)
  await recordState(execution, 'RUNNING', 1)
  await recordState(execution, 'SUCCESS', 2)
  const kinds = (await events).map(({ id }) => id)
  expect(kinds[0]).toBe('start')
  expect(kinds.at(-1)).toBe('end')
  expect((await events).at(-1)?.data).toMatchObject({ id: execution.id, state: { current: 'SUCCESS' } })
})

test('following a log: every line once, resumed after the last one seen', async () => {
  const execution = await start()
  await recordLogs(execution.id, ['one', 'two'])
  const url = `/acme/logs/${execution.id}/follow`
  const first = await readEvents(await ask(url, kit.ownerToken), ({ data }) => messageOf(data) === 'two')
  expect(first.map(({ data }) => messageOf(data))).toEqual(['one', 'two'])

  const resumed = ask(url, kit.ownerToken, { headers: { 'last-event-id': first.at(-1)?.id ?? '' } })
  const rest = readEvents(await resumed, () => false)
  await recordLogs(execution.id, ['three'], 2)
  await recordState(execution, 'SUCCESS', 1, ['four'])
  const events = await rest
  expect(events.map(({ data }) => messageOf(data))).toEqual(['three', 'four', undefined])
  expect(events.at(-1)?.event).toBe('end')
})

test('a log is read from a position and a level on', async () => {
  const execution = await start()
  await recordLogs(execution.id, ['one', '!two', 'three'])
  const all = await read(`/acme/logs/${execution.id}`)
  expect(all.map(messageOf)).toEqual(['one', '!two', 'three'])
  expect(all[0]).toMatchObject({ executionId: execution.id, flowId: 'hello', level: 'INFO', attemptNumber: 0 })
  expect((await read(`/acme/logs/${execution.id}?after=${all[0].position}`)).map(messageOf)).toEqual(['!two', 'three'])
  expect((await read(`/acme/logs/${execution.id}?minLevel=WARN`)).map(messageOf)).toEqual(['!two'])
})

test('executions are found by filters, newest first, a page at a time', async () => {
  const ids = []
  for (let index = 0; index < 3; index++) ids.unshift((await start('hello', '?labels=page:yes')).id)
  const first = await read('/acme/executions/search?filters[labels][EQUALS][page]=yes&limit=2')
  expect(first.total).toBe(3)
  const second = await read(
    `/acme/executions/search?filters[labels][EQUALS][page]=yes&limit=2&cursor=${first.nextCursor}`,
  )
  expect([...first.results, ...second.results].map(({ id }: Execution) => id)).toEqual(ids)
  expect(second.nextCursor).toBeUndefined()
  expect(await read('/acme/executions/search?filters[state][IN]=FAILED,WARNING')).toMatchObject({ total: 0 })
  expect((await ask('/acme/executions/search?filters[nothing][EQUALS]=1', kit.ownerToken)).status).toBe(400)
})

test('an ended execution is deleted with its files and log; one that runs is not', async () => {
  const execution = await start()
  const remove = () => ask(`/acme/executions/${execution.id}`, kit.ownerToken, { method: 'DELETE' })
  expect((await remove()).status).toBe(409)
  const path = `${executionFolder(refOf(execution.id))}/tasks/a/1/data.txt`
  await storage().put(kit.tenantId, path, 'data')
  await recordState(execution, 'SUCCESS', 1, ['line'])
  expect((await remove()).status).toBe(204)
  expect(await storage().exists(kit.tenantId, path)).toBe(false)
  expect(await kit.scope.db.log.count({ where: { executionId: execution.id } })).toBe(0)
})

test('restart and replay', async () => {
  const execution = await start()
  const post = (path: string) =>
    ask(`/acme/executions/${execution.id}/${path}`, kit.ownerToken, { method: 'POST', body: '' })
  expect((await post('restart')).status).toBe(409)
  const workflow = () => temporal().workflow.getHandle(workflowIdOf(kit.tenantId, execution.id)).describe()
  const { runId } = await workflow()
  await recordState(execution, 'FAILED', 1)
  const restarted: Execution = await (await post('restart')).json()
  expect(restarted).toMatchObject({ id: execution.id, state: { current: 'RESTARTED' }, metadata: { attemptNumber: 2 } })
  expect((await workflow()).runId).not.toBe(runId)

  await recordState(execution, 'SUCCESS', 2)
  const replayed: Execution = await (await post('replay')).json()
  expect(replayed.id).not.toBe(execution.id)
  expect(replayed).toMatchObject({ originalId: execution.id, state: { current: 'CREATED' } })
  expect(replayed.labels).toContainEqual({ key: 'system.replay', value: 'true' })
  expect((await read(`/acme/executions/${execution.id}`)).labels).toContainEqual({
    key: 'system.replayed',
    value: 'true',
  })
})

test('health says that all answers', async () => {
  const { checkHealth } = await import('../health')
  expect(await checkHealth()).toEqual({ web: 'up', database: 'up', temporal: 'up' })
  expect(await database().tenant.count()).toBe(2)
})

function messageOf(line: unknown): string | undefined {
  return (line as { message?: string }).message
}

async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + 20_000
  while (Date.now() < deadline) {
    const found = await look()
    if (found !== undefined) return found
  }
  throw new Error('it did not come')
}

/** Calls of webhooks: how soon the first task runs, and how many are taken; beside the same starts with a token. */
import type { Api } from './api'
import type { BareTemporal } from './bare-temporal'
import { perSecond, summarise, timeOnce } from './measure'
import type { Row } from './report'
import type { BenchStack } from './stack'

const namespace = 'bench'
const key = 'a-key-of-the-bench'
const calls = 1000
const clients = 20

/** One task that touches the world, so that a worker must run it. */
const flow = (id: string) => `id: ${id}
namespace: ${namespace}
tasks:
  - id: look
    type: io.kestra.plugin.core.debug.Return
    format: "{{ trigger.body.n ?? '-' }} {{ fileExists('none.txt') }}"
triggers:
  - id: hook
    type: io.kestra.plugin.core.trigger.Webhook
    key: ${key}
`

type Started = { id: string }
type Ended = { state: { current: string }; taskRunList: { state: { histories: { state: string; date: string }[] } }[] }

export async function webhookRows(api: Api, bare: BareTemporal, { url, tenant }: BenchStack): Promise<Row[]> {
  for (const id of ['hooked', 'started', 'hooked-storm', 'started-storm']) await api.saveFlow(flow(id))
  const hook = async (flowId: string, n = 0): Promise<Started> => {
    const path = `/api/v1/${tenant}/executions/webhook/${namespace}/${flowId}/${key}`
    const response = await fetch(url + path, { method: 'POST', body: JSON.stringify({ n }) })
    if (response.status !== 200) throw new Error(`a webhook answered ${response.status} ${await response.text()}`)
    return (await response.json()) as Started
  }
  const start = (flowId: string) => api.call(`/executions/${namespace}/${flowId}`, { method: 'POST' })
  const hooked = await firstTask(api, () => hook('hooked'))
  const started = await firstTask(api, () => start('started') as Promise<Started>)
  const storm = await stormOf(api, 'hooked-storm', hook)
  const starts = await stormOf(api, 'started-storm', flowId => start(flowId) as Promise<Started>)
  const bareEnded = await perSecond(calls, clients, () => bare.runSteps(1))
  const group = 'triggers'
  const asToken = 'start with a token'
  const by = `${calls.toLocaleString('en')} by ${clients} clients`
  return [
    { group, what: 'webhook to first task, median', unit: 'ms', ...beside(hooked.medianMs, asToken, started.medianMs) },
    { group, what: 'webhook to first task, p95', unit: 'ms', ...beside(hooked.p95Ms, asToken, started.p95Ms) },
    { group, what: `webhooks taken, ${by}`, unit: 'per s', ...beside(storm.taken, asToken, starts.taken) },
    { group, what: `webhooks ended, ${by}`, unit: 'per s', ...beside(storm.ended, 'one bare activity', bareEnded) },
  ]
}

function beside(value: number, what: string, baseline: number) {
  return { value, baseline: { what, value: baseline } }
}

const samples = 50
const warmUps = 10

/** From before the call to the moment at which its first task is recorded as running; one after the other. */
async function firstTask(api: Api, begin: () => Promise<Started>) {
  const all: number[] = []
  for (let index = -warmUps; index < samples; index++) {
    const began = Date.now()
    const { state, taskRunList } = await untilEnded(api, await begin())
    const running = taskRunList[0]?.state.histories.find(change => change.state === 'RUNNING')
    if (state.current !== 'SUCCESS' || running === undefined) throw new Error(`an execution ended ${state.current}`)
    if (index >= 0) all.push(Date.parse(running.date) - began)
  }
  return summarise(all)
}

type Begin = (flowId: string, n: number) => Promise<Started>

/** How many calls are taken in a second, and how many have ended: all of them, with all of their records. */
async function stormOf(api: Api, flowId: string, begin: Begin): Promise<{ taken: number; ended: number }> {
  const ids = new Set<string>()
  let taken = 0
  const ms = await timeOnce(async () => {
    taken = await perSecond(calls, clients, async n => ids.add((await begin(flowId, n)).id))
    const query = new URLSearchParams({ flowId, state: 'SUCCESS', size: '1' })
    await until(async () => ((await get(api, `/executions/search?${query}`)) as { total: number }).total === calls)
  })
  if (ids.size !== calls) throw new Error('two calls came to one execution')
  for (const id of ids) {
    const { taskRunList } = await untilEnded(api, { id })
    const states = taskRunList.flatMap(run => run.state.histories.map(change => change.state))
    if (states.join() !== 'CREATED,RUNNING,SUCCESS') throw new Error(`${id} has a task run with ${states.join()}`)
  }
  return { taken, ended: (calls * 1000) / ms }
}

const open = new Set(['CREATED', 'QUEUED', 'RUNNING'])

async function untilEnded(api: Api, { id }: Started): Promise<Ended> {
  let execution: Ended | undefined
  await until(async () => {
    execution = (await get(api, `/executions/${id}`)) as Ended
    return !open.has(execution.state.current)
  })
  return execution!
}

function get(api: Api, path: string): Promise<unknown> {
  return api.call(path, { method: 'GET' })
}

async function until(isMet: () => Promise<boolean>): Promise<void> {
  while (!(await isMet())) await new Promise(resolve => setTimeout(resolve, 20))
}

/** Schedules that are due in the same minute: how late each execution starts; beside bare schedules of Temporal. */
import type { Api } from './api'
import type { BareTemporal } from './bare-temporal'
import { perSecond, summarise } from './measure'
import type { Row } from './report'

const namespace = 'bench.schedules'
const schedules = 1000
const minuteMs = 60_000
/** So long after the due date the last one has started, or never will. */
const longestMs = 5 * minuteMs

export async function scheduleRows(api: Api, bare: BareTemporal): Promise<Row[]> {
  const ours = await ourLateness(api)
  const theirs = await bare.schedulesLateness(schedules, nextMinute(2))
  const row = (what: string, at: 'medianMs' | 'p99Ms'): Row => {
    const baseline = { what: 'bare schedules', value: summarise(theirs)[at] / 1000 }
    return { group: 'triggers', what, unit: 's', value: summarise(ours)[at] / 1000, baseline }
  }
  const many = `${schedules.toLocaleString('en')} schedules due at once`
  return [row(`${many}: late by, median`, 'medianMs'), row(`${many}: late by, p99`, 'p99Ms')]
}

async function ourLateness(api: Api): Promise<number[]> {
  // They must be there, and known to Temporal, before they are due.
  const due = nextMinute(4)
  const cron = `${due.getUTCMinutes()} ${due.getUTCHours()} * * *`
  await perSecond(schedules, 8, index => api.saveFlow(flow(index, cron)))
  if (Date.now() > due.getTime() - minuteMs) throw new Error('saving the flows took too long for this bench')
  const executions = await allStarted(api, due.getTime() + longestMs)
  return executions.map(({ state }) => Date.parse(state.startDate) - due.getTime())
}

const flow = (index: number, cron: string) => `id: scheduled-${index}
namespace: ${namespace}
tasks:
  - id: out
    type: io.kestra.plugin.core.debug.Return
    format: "{{ trigger.date }}"
triggers:
  - id: clock
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "${cron}"
`

type Execution = { state: { startDate: string } }

/** Asked for again and again: all of them, once as many are there as there are schedules. */
async function allStarted(api: Api, untilMs: number): Promise<Execution[]> {
  const query = `/executions/search?namespace=${namespace}`
  for (;;) {
    const { total } = await page(api, `${query}&size=1`)
    if (total >= schedules) break
    if (Date.now() > untilMs) throw new Error(`${total} of ${schedules} schedules have started their flow`)
    await new Promise(resolve => setTimeout(resolve, 2000))
  }
  const pages = Array.from({ length: schedules / 100 }, (_, index) => page(api, `${query}&size=100&page=${index + 1}`))
  return (await Promise.all(pages)).flatMap(({ results }) => results)
}

async function page(api: Api, path: string): Promise<{ results: Execution[]; total: number }> {
  return (await api.call(path, { method: 'GET' })) as { results: Execution[]; total: number }
}

/** A whole minute that is at least so many minutes away. */
function nextMinute(minutes: number): Date {
  return new Date(Math.ceil(Date.now() / minuteMs + minutes) * minuteMs)
}

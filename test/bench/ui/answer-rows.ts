import { timeEach } from '../measure'
import type { Row } from '../report'
import { longExecution } from './seed'

/** At most this long for 95 of 100 answers. */
const mostMs = 100
const times = 60

const executions = '/executions/search?withTotal=false&limit=50'
const ofFlow = 'namespace=company.team20&flowId=flow_20'
const logs = '/logs/search?limit=100'
const long = 'startDate=2000-01-01T00:00:00Z'

/** As the pages ask it; with `pages`, what comes after so many of the longest. */
const asked: { what: string; path: string; pages?: number }[] = [
  { what: 'executions: first page', path: executions },
  { what: 'executions: deep page', path: executions, pages: 200 },
  { what: 'executions: failed', path: `${executions}&state=FAILED` },
  { what: 'executions: failed, deep page', path: `${executions}&state=FAILED`, pages: 50 },
  { what: 'executions: of a flow, failed', path: `${executions}&state=FAILED&${ofFlow}` },
  { what: 'executions: of a namespace', path: `${executions}&namespace=company.team3` },
  { what: 'executions: of a namespace, deep page', path: `${executions}&namespace=company.team3`, pages: 50 },
  { what: 'executions: with a label', path: `${executions}&labels=team:t7` },
  { what: 'executions: with a label, deep page', path: `${executions}&labels=team:t7`, pages: 50 },
  { what: 'executions: with a rare label', path: `${executions}&labels=batch:b1500` },
  { what: 'executions: a text', path: `${executions}&q=flow_42` },
  { what: 'executions: a text, deep page', path: `${executions}&q=flow_42`, pages: 50 },
  { what: 'executions: a text that is nowhere', path: `${executions}&q=nowhere` },
  { what: 'dashboard: a day', path: '/dashboards/executions?within=24h' },
  { what: 'dashboard: 7 days', path: '/dashboards/executions?within=7d' },
  { what: 'dashboard: 30 days', path: '/dashboards/executions?within=30d' },
  { what: 'dashboard: 30 days of a namespace', path: '/dashboards/executions?within=30d&namespace=company' },
  { what: 'dashboard: 30 days of a flow', path: `/dashboards/executions?within=30d&${ofFlow}` },
  { what: 'logs: first page', path: logs },
  { what: 'logs: deep page', path: `${logs}&${long}`, pages: 100 },
  { what: 'logs: errors', path: `${logs}&minLevel=ERROR` },
  { what: 'logs: errors, deep page', path: `${logs}&${long}&minLevel=ERROR`, pages: 20 },
  { what: 'logs: of a flow', path: `${logs}&${ofFlow}` },
  { what: 'logs: a text that is there', path: `${logs}&q=part-42` },
  { what: 'logs: a text, deep page', path: `${logs}&${long}&q=part-42`, pages: 20 },
  { what: 'logs: a text that is nowhere', path: `${logs}&${long}&q=nowhere` },
  { what: 'log of an execution: first lines', path: `/logs/${longExecution}?limit=1000` },
  { what: 'flows: first page', path: '/flows/search?limit=50' },
  { what: 'flows: deep page', path: '/flows/search?limit=50', pages: 1 },
  { what: 'flows: a text', path: '/flows/search?limit=50&q=part 42' },
  { what: 'triggers: first page', path: '/triggers/search?limit=50' },
  { what: 'triggers: deep page', path: '/triggers/search?limit=50', pages: 3 },
  { what: 'triggers: a text', path: '/triggers/search?limit=50&q=flow_42' },
]

type Page = { nextCursor?: string; results?: unknown[] }

/** What the server takes for the lists, as their pages ask it. */
export async function answerRows(api: { url: string; token: string }): Promise<Row[]> {
  const ask = async (path: string): Promise<Page> => {
    const response = await fetch(`${api.url}/api/v1/bench${path}`, {
      headers: { authorization: `Bearer ${api.token}` },
    })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as Page
  }
  const rows: Row[] = []
  for (const { what, path, pages } of asked) {
    const cursor =
      pages === undefined ? undefined : await cursorAfter(ask, path.replace(/limit=\d+/, 'limit=500'), pages)
    const { p95Ms } = await timeEach(times, () => ask(cursor === undefined ? path : `${path}&cursor=${cursor}`), 5)
    rows.push({ group: 'p95', what, unit: 'ms', value: p95Ms, baseline: { what: 'target', value: mostMs } })
  }
  return rows
}

/** Where a list goes on after so many pages, or where its last page begins; undefined where it has but one. */
async function cursorAfter(
  ask: (path: string) => Promise<Page>,
  path: string,
  pages: number,
): Promise<string | undefined> {
  let cursor: string | undefined
  for (let page = 0; page < pages; page++) {
    const { nextCursor } = await ask(cursor === undefined ? path : `${path}&cursor=${cursor}`)
    if (nextCursor === undefined) break
    cursor = nextCursor
  }
  return cursor
}

import type { Scope } from '../access/tenant-scope'
import type { Dashboard, DashboardRange } from './dashboard'
import { barsSql, flowsSql, openSql, openStates } from './dashboard-sql'
import { type DurationClasses, quantileMs } from './quantile'
import { stepsOf } from './steps'

type ReadDashboard = { namespace?: string; flowId?: string; within: DashboardRange }

type BarRow = { at: Date; state: string; executions: number; durationClasses: Record<string, number> }
type OpenRow = { at: Date; state: string; executions: number }
type FlowRow = Dashboard['flows'][number]

/** What ran in a range of time, what failed, how long it took; and what is open now. */
export async function readDashboard(
  { db, tenantId }: Scope,
  { namespace, flowId, within }: ReadDashboard,
  nowMs = Date.now(),
): Promise<Dashboard> {
  const steps = stepsOf(within, nowMs)
  const { sinceMs, stepMs, minutes, slots } = steps
  const place = [tenantId, namespace ?? null, flowId ?? null]
  const since = new Date(sinceMs).toISOString()
  const where = [...place, since]
  const kind = slots === null ? 'executions' : 'slots'
  const barKind = slots === null ? 'executions' : flowId === undefined ? 'namespace' : 'flow'
  const ofBars = slots === null ? [] : [slots.minutes]
  const ofFlows = slots === null ? [] : [slots.minutes, slots.wide, new Date(slots.wideSinceMs).toISOString()]
  const [ended, flows, open] = (await db.sql(
    { name: `dashboard-bars-${barKind}`, text: barsSql[barKind], values: [...where, minutes, ...ofBars] },
    { name: `dashboard-flows-${kind}`, text: flowsSql[kind], values: [...where, ...ofFlows] },
    { name: 'dashboard-open', text: openSql, values: [...place, openStates, minutes] },
  )) as [BarRow[], FlowRow[], OpenRow[]]

  const bars = Array.from({ length: steps.bars }, (_, index) => createTally(sinceMs + index * stepMs))
  const whole = createTally(sinceMs)
  for (const { at, state, executions, durationClasses } of ended) {
    for (const tally of [whole, bars[barOf(at)]]) tally?.add(state, executions, durationClasses)
  }
  for (const { at, state, executions } of open) {
    const bar = bars[barOf(at)]
    if (bar === undefined) continue
    for (const tally of [whole, bar]) tally.add(state, executions)
  }
  function barOf(at: Date): number {
    return Math.floor((at.getTime() - sinceMs) / stepMs)
  }

  const { at: _since, ...totals } = whole.result()
  return {
    since,
    until: new Date(nowMs).toISOString(),
    stepMs,
    bars: bars.map(bar => bar.result()),
    ...totals,
    flows,
    open: sumByState(open),
  }
}

function createTally(atMs: number) {
  const states = new Map<string, number>()
  const classes: DurationClasses = new Map()
  return {
    add(state: string, executions: number, durationClasses: Record<string, number> = {}) {
      states.set(state, (states.get(state) ?? 0) + executions)
      for (const [name, count] of Object.entries(durationClasses)) {
        const number = Number(name)
        classes.set(number, (classes.get(number) ?? 0) + count)
      }
    },
    result: () => ({
      at: new Date(atMs).toISOString(),
      states: Object.fromEntries([...states].filter(([, count]) => count > 0)),
      p50Ms: quantileMs(classes, 0.5),
      p95Ms: quantileMs(classes, 0.95),
    }),
  }
}

function sumByState(rows: OpenRow[]): Record<string, number> {
  const sums = new Map<string, number>()
  for (const { state, executions } of rows) sums.set(state, (sums.get(state) ?? 0) + executions)
  return Object.fromEntries(sums)
}

'use client'

import { useRouter } from 'next/navigation'
import { dashboardText } from '#text/dashboard'
import { executionsHref } from '#web/components/execution/filters'
import { chartTones, stateLook } from '#web/components/execution/states'
import { useTenant } from '#web/components/tenant'
import type { Outputs } from '#web/components/trpc'
import type { DashboardPlace } from './Dashboard'
import { shownStates, sumOf } from './shown-states'
import { type Plot, TimeChart } from './TimeChart'
import { countTicks } from './ticks'

type Data = Outputs['dashboard']['read']

const widest = 28
const short = new Intl.NumberFormat(undefined, { notation: 'compact' })

/** Executions by the time they were created, stacked by state. A bar opens its executions. */
export function StateBars({ data, place }: { data: Data; place: DashboardPlace }) {
  const tenant = useTenant()
  const router = useRouter()
  const { bars, stepMs, states } = data
  const shown = shownStates(states)

  function open(index: number) {
    const bar = bars[index]
    if (bar === undefined || sumOf(bar.states) === 0) return
    const to = new Date(Date.parse(bar.at) + stepMs).toISOString()
    router.push(executionsHref(tenant, { namespace: place.namespace, flow: place.flowId, from: bar.at, to }))
  }

  function tipRows(index: number) {
    const of = bars[index]?.states ?? {}
    return shownStates(of).map(state => ({
      ...{ name: stateLook(state).label, color: chartTones[stateLook(state).tone] },
      value: (of[state] ?? 0).toLocaleString(),
    }))
  }

  /** All bars of a state as one path, each on those of the states before it. */
  function barsOf(state: string, { slot, x, y }: Plot): string {
    const before = shown.slice(0, shown.indexOf(state))
    const wide = Math.min(slot * 0.88, widest)
    return bars
      .map(({ states }, index) => {
        const from = before.reduce((sum, name) => sum + (states[name] ?? 0), 0)
        const [low, high] = [y(from), y(from + (states[state] ?? 0))]
        return low === high ? '' : `M${x(index) - wide / 2} ${low}V${high}h${wide}V${low}z`
      })
      .join('')
  }

  const summary = shown.map(state => dashboardText.countOfState(states[state] ?? 0, stateLook(state).label))
  return (
    <TimeChart
      label={dashboardText.executionsOverTime(summary)}
      height={224}
      bars={bars}
      stepMs={stepMs}
      ticks={countTicks(Math.max(...bars.map(bar => sumOf(bar.states))))}
      tickWidth={36}
      tickLabel={tick => short.format(tick)}
      tipRows={tipRows}
      onOpen={open}
    >
      {plot =>
        shown.map(state => <path key={state} d={barsOf(state, plot)} fill={chartTones[stateLook(state).tone]} />)
      }
    </TimeChart>
  )
}

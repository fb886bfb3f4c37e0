'use client'

import { dashboardText } from '#text/dashboard'
import { formatDuration } from '#web/components/time'
import type { Outputs } from '#web/components/trpc'
import { TimeChart } from './TimeChart'
import { durationTicks } from './ticks'

const lines = [
  { key: 'p50Ms', name: dashboardText.median, color: 'var(--info)' },
  { key: 'p95Ms', name: dashboardText.percentile95, color: 'var(--violet)' },
] as const

/** How long executions took, by the time they were created. */
export function DurationLines({ data }: { data: Outputs['dashboard']['read'] }) {
  const { bars, stepMs } = data
  function tipRows(index: number) {
    return lines.flatMap(({ key, name, color }) => {
      const ms = bars[index]?.[key]
      return ms === undefined ? [] : [{ name, color, value: formatDuration(ms) }]
    })
  }
  return (
    <TimeChart
      label={dashboardText.durationsOverTime}
      height={192}
      bars={bars}
      stepMs={stepMs}
      ticks={durationTicks(Math.max(...bars.map(bar => bar.p95Ms ?? bar.p50Ms ?? 0)))}
      tickWidth={64}
      tickLabel={formatDuration}
      tipRows={tipRows}
    >
      {({ x, y }) =>
        lines.map(({ key, color }) => {
          const points = bars.flatMap((bar, index) => {
            const ms = bar[key]
            return ms === undefined ? [] : [`${x(index)} ${y(ms)}`]
          })
          return (
            <g key={key} fill="none" stroke={color}>
              <path d={points.length > 0 ? `M${points.join('L')}` : ''} strokeWidth={1.75} strokeLinejoin="round" />
              {/* Lines of no length with round ends: a dot for each time. */}
              <path d={points.map(point => `M${point}h0`).join('')} strokeWidth={3.5} strokeLinecap="round" />
            </g>
          )
        })
      }
    </TimeChart>
  )
}

'use client'

import { settingsText } from '#text/settings'
import type { Outputs } from '#web/components/trpc'
import { formatCount } from './amounts'

type Day = Outputs['billing']['usage']['days'][number]

/** Executions that ended on each day (UTC), as bars. */
export function UsageChart({ days }: { days: Day[] }) {
  const counts = days.map(({ executions }) => executions)
  const [most, total] = [Math.max(1, ...counts), counts.reduce((sum, count) => sum + count, 0)]
  const summary = settingsText.executionsADayInWords(formatCount(total), days.length, formatCount(most))
  return (
    <figure className="rounded-md border bg-surface p-3">
      <figcaption className="flex flex-wrap justify-between gap-x-3 text-muted text-xs">
        <span>{settingsText.executionsADay}</span>
        <span className="tabular-nums">{settingsText.inAll(formatCount(total))}</span>
      </figcaption>
      <div role="img" aria-label={summary} className="mt-3 flex h-36 items-end gap-px sm:gap-0.5">
        {days.map(({ day, executions }) => (
          <div
            key={day}
            title={`${day}: ${formatCount(executions)}`}
            className="flex h-full min-w-0 flex-1 items-end hover:bg-hover"
          >
            <div
              className="w-full rounded-t-sm bg-accent"
              style={{ height: executions === 0 ? 0 : `max(2px, ${(executions / most) * 100}%)` }}
            />
          </div>
        ))}
      </div>
      <div className="mt-1 flex justify-between border-t pt-1 text-faint text-xs tabular-nums" aria-hidden>
        <span>{days[0]?.day}</span>
        <span>{days.at(-1)?.day}</span>
      </div>
    </figure>
  )
}

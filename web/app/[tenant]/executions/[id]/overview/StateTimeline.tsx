import { StateBadge } from '#ui/execution/StateBadge'
import { formatDuration } from '#web/components/time'
import type { Execution } from '#web/server/executions/execution'

/** Each state with the time it was reached, and how long after the one before. */
export function StateTimeline({ state }: { state: Execution['state'] }) {
  return (
    <ol className="space-y-2">
      {state.histories.map(({ state: name, date }, index) => {
        const before = state.histories[index - 1]
        return (
          <li key={`${name} ${date}`} className="flex items-center justify-between gap-2 text-[13px]">
            <StateBadge state={name} isPast={index < state.histories.length - 1} />
            <span className="text-muted text-xs tabular-nums" suppressHydrationWarning>
              {before && (
                <span className="mr-2 text-faint">+{formatDuration(Date.parse(date) - Date.parse(before.date))}</span>
              )}
              {new Date(date).toLocaleTimeString()}
            </span>
          </li>
        )
      })}
    </ol>
  )
}

'use client'

import { durationMs, formatDuration, useNow } from '#web/components/time'
import { isFinal } from './states'

type StateTimes = { current: string; startDate?: string; endDate?: string; histories: { date: string }[] }

/** Ticks while the execution or task run goes on. */
export function Duration({ state }: { state: StateTimes }) {
  const isOver = isFinal(state.current)
  const now = useNow(!isOver)
  // A task that was skipped never ran, and has no end of its own.
  const endDate = state.endDate ?? state.histories.at(-1)?.date
  return (
    <span className="whitespace-nowrap tabular-nums" suppressHydrationWarning>
      {formatDuration(durationMs(state.startDate, isOver ? endDate : undefined, now))}
    </span>
  )
}

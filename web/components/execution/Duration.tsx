'use client'

import { durationMs, formatDuration, useNow } from '#web/components/time'
import { isFinal } from './states'

type StateTimes = { current: string; startDate?: string; endDate?: string }

/** Ticks while the execution or task run goes on. */
export function Duration({ state }: { state: StateTimes }) {
  const isOver = isFinal(state.current)
  const now = useNow(!isOver)
  return (
    <span className="whitespace-nowrap tabular-nums" suppressHydrationWarning>
      {formatDuration(durationMs(state.startDate, isOver ? state.endDate : undefined, now))}
    </span>
  )
}

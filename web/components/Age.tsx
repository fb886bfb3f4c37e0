'use client'

import { formatAge, useNow } from '#web/components/time'

const aMinuteMs = 60_000

/** How long ago; the exact time in the reader's zone on hover. */
export function Age({ date }: { date: string }) {
  const now = useNow(true, aMinuteMs)
  return (
    <time
      dateTime={date}
      title={new Date(date).toLocaleString()}
      suppressHydrationWarning
      className="whitespace-nowrap"
    >
      {formatAge(new Date(date), new Date(Math.max(now, Date.parse(date))))}
    </time>
  )
}

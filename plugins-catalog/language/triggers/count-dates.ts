import type { ScheduleDates } from './evaluate-schedule'

export type DateCount = {
  count: number
  /** False where there are more than were looked at: then `count` is an estimate. */
  isExact: boolean
}

/** A date is found in a tenth of a millisecond: so many don't hold up whoever counts. */
export const countedExactly = 1000
const probes = 100
/** Spreads probes over a range without falling into step with days or weeks. */
const goldenRatio = 0.618_033_988_75

/**
 * How many dates a schedule has in `[start, end]`. The work is bounded whatever the range: what comes after the first
 * dates is estimated from their usual distance and from how much of the rest is as busy.
 *
 * @example countDates(cronDates({ cron: '* * * * * *', withSeconds: true }), tenYearsAgo, now) // about 315 million
 */
export function countDates(dates: ScheduleDates, start: Date, end: Date): DateCount {
  const found: number[] = []
  let date = firstFrom(dates, start)
  for (; date !== undefined && date <= end && found.length < countedExactly; date = dates.next(date)) {
    found.push(date.getTime())
  }
  if (date === undefined || date > end) return { count: found.length, isExact: true }
  return { count: found.length + estimateRest(dates, found, end.getTime()), isExact: false }
}

/** The first date of a schedule at `start` or after it. */
export function firstFrom(dates: ScheduleDates, start: Date): Date | undefined {
  return dates.next(new Date(start.getTime() - 1))
}

function estimateRest(dates: ScheduleDates, found: number[], endMs: number): number {
  const gaps = found
    .slice(1)
    .map((ms, index) => ms - found[index]!)
    .sort((a, b) => a - b)
  // A gap between busy times (nights, weekends) is not the usual distance.
  const longest = 2 * gaps[Math.floor(gaps.length / 2)]!
  const usual = gaps.filter(gap => gap <= longest)
  const usualMs = usual.reduce((sum, gap) => sum + gap, 0) / usual.length
  const last = found.at(-1)!
  let busy = 0
  for (let probe = 1; probe <= probes; probe++) {
    const at = last + ((probe * goldenRatio) % 1) * (endMs - last)
    const next = dates.next(new Date(at))
    if (next !== undefined && next.getTime() - at <= longest) busy++
  }
  return Math.max(1, Math.round(((endMs - last) / usualMs) * (busy / probes)))
}

/** Which dates of a schedule its conditions let through. */
import type { ScheduleDates } from './evaluate-schedule'

/** Kestra searches as far. */
const horizonMs = 10 * 365.25 * 24 * 60 * 60_000
/** Ten years of days; looking at one takes some tenths of a millisecond. */
const maxTries = 4000

export type Found = {
  /** Undefined where there is none within ten years. */
  date: Date | undefined
  /** False where the search was given up: the date is the one to go on with. */
  isHeld: boolean
}

/** The first date that holds among `first` and those that `step` leads to. */
export function findHeld(
  first: Date | undefined,
  step: (date: Date) => Date | undefined,
  holds: (date: Date) => boolean,
): Found {
  let date = first
  for (let tries = 0; date !== undefined && Math.abs(date.getTime() - first!.getTime()) <= horizonMs; tries++) {
    if (tries === maxTries) return { date, isHeld: false }
    if (holds(date)) return { date, isHeld: true }
    date = step(date)
  }
  return { date: undefined, isHeld: false }
}

/** A schedule of only those dates that hold; none where the search for one was given up. */
export function heldDates(dates: ScheduleDates, holds: (date: Date) => boolean): ScheduleDates {
  const found = (first: Date | undefined, step: (date: Date) => Date | undefined) => {
    const { date, isHeld } = findHeld(first, step, holds)
    return isHeld ? date : undefined
  }
  return {
    next: after => found(dates.next(after), dates.next),
    previous: before => found(dates.previous(before), dates.previous),
  }
}

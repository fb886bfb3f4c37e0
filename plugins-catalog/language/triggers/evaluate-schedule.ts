/** Which dates of a schedule start an execution now. Pure: the clock and what is remembered are given. */
import { findHeld } from './held-dates'

/** The dates of a schedule, of a cron expression or a list. */
export type ScheduleDates = {
  /** The first strictly after a date. */
  next(after: Date): Date | undefined
  /** The last strictly before a date. */
  previous(before: Date): Date | undefined
}

export type ScheduleMemory = {
  /** The first date that is not handled yet. */
  nextDate: Date
  /** When it was last asked whether something is due; a date that nobody asked about in time was missed. */
  evaluatedAt: Date
}

export type SchedulePolicy = {
  recoverMissedSchedules: 'ALL' | 'LAST' | 'NONE'
  lateMaximumDelayMs?: number
  allowConcurrent: boolean
  /** Whether an execution that the trigger started still runs. */
  isLocked: boolean
  /** Whether the trigger's conditions hold on a date. */
  holds(date: Date): boolean
}

export type ScheduleVerdict = {
  /** Dates to start an execution for, ascending. */
  fire: Date[]
  /** Undefined where the schedule has ended. */
  nextDate: Date | undefined
  /** Whether there are more dates due that wait: ask again at once, or when the running execution has ended. */
  isBehind: boolean
}

/** A date this late was not just waited for: nothing was there to handle it. */
const missedAfterMs = 60_000
/** Whether somebody has looked so lately that no date was missed since. */
export function isWatched(evaluatedAt: Date, now: Date): boolean {
  return now.getTime() - evaluatedAt.getTime() < missedAfterMs
}

/** So many executions come of one look at a schedule that is far behind, and so many dates are tried. */
const maxStarts = 20
const maxTries = 1000

/**
 * Kestra's rules (kestra-language.md 6.8): without `allowConcurrent` one execution at a time, and what came due in the
 * meantime afterwards, in order; a date later than `lateMaximumDelay` is passed over; of dates missed while nothing ran
 * (or the trigger was disabled) all, the last or none come.
 */
export function evaluateSchedule(
  dates: ScheduleDates,
  memory: ScheduleMemory,
  policy: SchedulePolicy,
  now: Date,
): ScheduleVerdict {
  let date: Date | undefined = afterMissed(dates, memory, policy, now)
  const fire: Date[] = []
  const mayStart = () => (policy.allowConcurrent ? fire.length < maxStarts : fire.length === 0 && !policy.isLocked)
  for (let tries = 0; date !== undefined && date <= now && tries < maxTries && mayStart(); tries++) {
    const isTooLate =
      policy.lateMaximumDelayMs !== undefined && now.getTime() - date.getTime() > policy.lateMaximumDelayMs
    if (!isTooLate && policy.holds(date)) fire.push(date)
    date = dates.next(date)
  }
  return { fire, nextDate: date, isBehind: date !== undefined && date <= now }
}

/** The first date to handle, once missed ones are passed over as the policy says. */
function afterMissed(
  dates: ScheduleDates,
  memory: ScheduleMemory,
  policy: SchedulePolicy,
  now: Date,
): Date | undefined {
  const { nextDate, evaluatedAt } = memory
  // Dates that somebody asked about wait for a running execution: they are late, not missed.
  const firstUnseen = nextDate > evaluatedAt ? nextDate : dates.next(evaluatedAt)
  const lastMissed = dates.previous(new Date(now.getTime() - missedAfterMs))
  if (policy.recoverMissedSchedules === 'ALL' || firstUnseen === undefined) return nextDate
  if (lastMissed === undefined || lastMissed < firstUnseen) return nextDate
  // What waited before the gap comes with it: an order of dates knows no exceptions.
  if (policy.recoverMissedSchedules === 'NONE') return dates.next(lastMissed)
  const { date, isHeld } = findHeld(lastMissed, dates.previous, policy.holds)
  return isHeld && date! >= firstUnseen ? date : dates.next(lastMissed)
}

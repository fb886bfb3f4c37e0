/**
 * The dates of a cron expression. Through clock changes: a time that a change skips comes at the end of the gap, a time
 * that it repeats comes once, and what runs every few minutes or hours goes on without a pause.
 */
import { Cron } from 'croner'
import { toMoment } from '../expressions/dates/moment'
import type { ScheduleDates } from './evaluate-schedule'

export type CronSchedule = { cron: string; timezone?: string; withSeconds?: boolean }

/** No schedule of anyone's is rarer than a leap day on a certain weekday. */
const horizonYears = 40

/**
 * Up to `count` dates strictly after `after`, ascending; fewer where the expression has no more. Expects an expression
 * in which `cronProblem` finds nothing wrong.
 */
export function datesAfter(schedule: CronSchedule, after: Date, count: number): Date[] {
  const { next } = cronDates(schedule)
  const dates: Date[] = []
  for (let date = next(after); date !== undefined && dates.length < count; date = next(date)) dates.push(date)
  return dates
}

/** The first date strictly after `after`. */
export function nextDate(schedule: CronSchedule, after: Date): Date | undefined {
  return cronDates(schedule).next(after)
}

/** The last date strictly before `before`. */
export function previousDate(schedule: CronSchedule, before: Date): Date | undefined {
  return cronDates(schedule).previous(before)
}

/** A cron expression as a schedule. */
export function cronDates(schedule: CronSchedule): ScheduleDates {
  let cron: Cron | undefined
  // Read when first asked: a flow that is only parsed asks for no date.
  const get = () => (cron ??= read(schedule))
  return {
    next(after) {
      const date = get().nextRun(after)
      const isBeyond = date !== null && date.getUTCFullYear() > after.getUTCFullYear() + horizonYears
      return date === null || isBeyond ? undefined : date
    },
    previous: before => get().previousRuns(1, before)[0],
  }
}

/** Listed dates (ISO 8601) as a schedule; those without a zone are of `timezone`. */
export function listedDates(dates: readonly string[], timezone = 'UTC'): ScheduleDates {
  const instants = dates.map(date => toMoment(date, timezone).time.toJSDate())
  const sorted = instants.sort((one, other) => one.getTime() - other.getTime())
  return {
    next: after => sorted.find(date => date > after),
    previous: before => sorted.findLast(date => date < before),
  }
}

function read({ cron, timezone = 'UTC', withSeconds = false }: CronSchedule): Cron {
  const mode = withSeconds && !cron.trim().startsWith('@') ? '6-part' : '5-part'
  return new Cron(cron, { timezone, mode, paused: true })
}

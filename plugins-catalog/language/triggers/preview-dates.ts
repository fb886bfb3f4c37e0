/** The next dates of a schedule as a person reads them, before it is saved: what the clock changes do is said. */
import { cronProblem } from '../cron'
import { isTimeZone } from '../durations'
import type { JsonObject } from '../json'
import type { ScheduleDates } from './evaluate-schedule'
import { inZone } from './in-zone'
import { type CronSchedule, cronDates, listedDates } from './schedule-dates'

export type PreviewedDate = {
  date: Date
  /** As the clocks of the zone show it, with its offset. */
  text: string
  /** What a change of the clock does to it. */
  note?: string
}

export type DatesPreview = {
  zone: string
  dates: PreviewedDate[]
  /** Why it has none. */
  problem?: string
  /** They may rule some of the dates out. */
  hasConditions: boolean
}

/** The next dates of a trigger as written, right or wrong; undefined where it is no schedule. */
export function previewDates(trigger: JsonObject, now: Date, count = 10): DatesPreview | undefined {
  const zone = typeof trigger.timezone === 'string' ? trigger.timezone : 'UTC'
  const hasConditions = ['conditions', 'scheduleConditions', 'when'].some(name => trigger[name] !== undefined)
  const schedule = readSchedule(trigger, zone)
  if (schedule === undefined) return undefined
  if ('problem' in schedule) return { zone, dates: [], problem: schedule.problem, hasConditions }
  const { dates, cron } = schedule
  const found: PreviewedDate[] = []
  for (let date = dates.next(now); date !== undefined && found.length < count; date = dates.next(date)) {
    found.push({ date, text: inZone(date, zone), note: cron && clockNote(cron, date) })
  }
  return {
    zone,
    dates: found,
    hasConditions,
    ...(found.length === 0 ? { problem: 'It has no date to come.' } : {}),
  }
}

type Read = { dates: ScheduleDates; cron?: CronSchedule & { timezone: string } } | { problem: string }

function readSchedule({ type, cron, dates, withSeconds }: JsonObject, zone: string): Read | undefined {
  const name = typeof type === 'string' ? type.split('.').at(-1) : undefined
  if (name !== 'Schedule' && name !== 'ScheduleOnDates') return undefined
  if (!isTimeZone(zone)) return { problem: `There is no time zone ${zone}.` }
  if (name === 'ScheduleOnDates') return readListed(dates, zone)
  const schedule = {
    cron: String(cron ?? ''),
    timezone: zone,
    withSeconds: withSeconds === true || withSeconds === 'true',
  }
  const problem = cronProblem(schedule.cron, schedule)
  return problem === null ? { dates: cronDates(schedule), cron: schedule } : { problem: `cron: ${problem}.` }
}

function readListed(dates: JsonObject[string] | undefined, zone: string): Read {
  const texts = Array.isArray(dates) ? dates.map(String) : []
  const wrong = texts.find(text => Number.isNaN(Date.parse(text)))
  return wrong === undefined ? { dates: listedDates(texts, zone) } : { problem: `${wrong} is no date.` }
}

/** What happens on a date because of the clock: its time does not exist, comes twice, or has moved since the last one. */
function clockNote(cron: CronSchedule & { timezone: string }, date: Date): string | undefined {
  const zone = cron.timezone
  const { next, previous } = cronDates(cron)
  const before = previous(date)
  const moved = before === undefined ? 0 : offsetOf(date, zone) - offsetOf(before, zone)
  const wanted = before && cronDates({ ...cron, timezone: 'UTC' }).next(wallOf(before, zone))
  if (moved > 0 && wanted !== undefined && wanted < wallOf(date, zone)) {
    return `The clock goes forward: ${clock(wanted, cron)} does not exist, it runs at ${clock(wallOf(date, zone), cron)}.`
  }
  const again = new Date(date.getTime() + offsetOf(date, zone) - offsetOf(new Date(date.getTime() + 3 * hourMs), zone))
  const comesTwice = again > date && wallOf(again, zone).getTime() === wallOf(date, zone).getTime()
  if (comesTwice && next(date)!.getTime() > again.getTime()) {
    return `The clock goes back: ${clock(wallOf(date, zone), cron)} comes twice, it runs at the first.`
  }
  if (moved === 0) return undefined
  return `The clock went ${moved > 0 ? 'forward' : 'back'} since the date before.`
}

const hourMs = 3_600_000

/** What the zone's clocks show at a moment, as if it were UTC. */
function wallOf(date: Date, zone: string): Date {
  return new Date(`${inZone(date, zone).slice(0, 19)}Z`)
}

function offsetOf(date: Date, zone: string): number {
  return wallOf(date, zone).getTime() - Math.floor(date.getTime() / 1000) * 1000
}

function clock(wall: Date, { withSeconds }: CronSchedule): string {
  return wall.toISOString().slice(11, withSeconds ? 19 : 16)
}

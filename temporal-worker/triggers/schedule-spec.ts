/** When Temporal is to look at a trigger. It may look too often, never too late: the trigger's own dates decide. */
import type { CalendarSpec, ScheduleSpec } from '@temporalio/client'
import type { JsonObject } from '#language/json'
import type { ScheduleDates } from '#language/triggers/evaluate-schedule'

/** Later ones come into the spec when it is made anew. */
const listedDates = 50

/** Kestra's nicknames that Temporal doesn't know. */
const nicknames: Record<string, string> = { '@midnight': '@daily', '@annually': '@yearly' }

/** The spec of a schedule that has a cron expression, else of its next dates. */
export function scheduleSpec(definition: JsonObject, dates: ScheduleDates, now: Date): ScheduleSpec {
  const { cron, withSeconds, timezone } = definition
  if (typeof cron === 'string') {
    const expressions = cronExpressions(cron, { withSeconds: withSeconds === true || withSeconds === 'true' })
    return { cronExpressions: expressions, ...(typeof timezone === 'string' ? { timezone } : {}) }
  }
  return { calendars: calendarsOf(dates, now) }
}

/**
 * Kestra's expression in Temporal's: there, seconds ask for a year as well, and a day must match both of its fields,
 * where Kestra's cron takes either. What only Kestra knows (`L`, `W`, `#`, `?`) becomes each day.
 */
export function cronExpressions(cron: string, { withSeconds }: { withSeconds: boolean }): string[] {
  const text = cron.trim()
  if (text.startsWith('@')) return [nicknames[text.toLowerCase()] ?? text.toLowerCase()]
  const fields = text.split(/\s+/)
  const second = withSeconds ? fields.shift()! : undefined
  const [minute, hour, dayOfMonth, month, dayOfWeek] = fields as [string, string, string, string, string]
  const day = everyDayIfSpecial(dayOfMonth)
  const weekday = everyDayIfSpecial(dayOfWeek)
  const days =
    day !== '*' && weekday !== '*' ? [`${day} ${month} *`, `* ${month} ${weekday}`] : [`${day} ${month} ${weekday}`]
  return days.map(daysText => {
    const minutes = `${minute} ${hour} ${daysText}`
    return second === undefined ? minutes : `${second} ${minutes} *`
  })
}

function everyDayIfSpecial(field: string): string {
  // Names of weekdays hold no W of their own but WED.
  return /[#?]|L|\dW/.test(field.toUpperCase().replace(/WED|JUL/g, '')) ? '*' : field
}

function calendarsOf(dates: ScheduleDates, now: Date): CalendarSpec[] {
  const calendars: CalendarSpec[] = []
  let date = dates.next(now)
  for (; date !== undefined && calendars.length < listedDates; date = dates.next(date)) calendars.push(calendarOf(date))
  return calendars
}

function calendarOf(date: Date): CalendarSpec {
  const months = [
    'JANUARY',
    'FEBRUARY',
    'MARCH',
    'APRIL',
    'MAY',
    'JUNE',
    'JULY',
    'AUGUST',
    'SEPTEMBER',
    'OCTOBER',
    'NOVEMBER',
    'DECEMBER',
  ] as const
  return {
    year: date.getUTCFullYear(),
    month: months[date.getUTCMonth()]!,
    dayOfMonth: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  }
}

import { createRequire } from 'node:module'
import type Holidays from 'date-holidays'
import { TaskError } from '#language/define-plugin'
import { toText } from '#language/json'
import type { CallReader } from './answer-calls'

/** Holidays of a country and a part of it; what they are made of takes long to read. */
const calendars = new Map<string, Holidays>()

/** Loaded when first asked for: the rules of all countries take 20 MB. */
function loadHolidays(): new (...place: unknown[]) => Holidays {
  return createRequire(import.meta.url)('date-holidays')
}

/** Answers `isPublicHoliday(date, countryCode, subDivision)` of expressions: by the day as it is written. */
export function isPublicHoliday(arg: CallReader): boolean {
  const text = (position: number, name: string) => toText(arg(position, name)).trim()
  const date = text(0, 'date')
  const day = /^\d{4}-\d{2}-\d{2}/.exec(date)?.[0]
  if (day === undefined) throw new TaskError(`isPublicHoliday(): "${date}" is no date such as 2026-07-14`)
  const calendar = calendarOf(text(1, 'countryCode').toUpperCase(), text(2, 'subDivision').toUpperCase())
  // Noon is within a day that begins at sunset, too.
  return calendar.isHoliday(`${day} 12:00:00`) !== false
}

/** The part of a country with or without it in front: `BY` or `DE-BY`. */
function calendarOf(country: string, subDivision: string): Holidays {
  const part = subDivision.startsWith(`${country}-`) ? subDivision.slice(country.length + 1) : subDivision
  const key = `${country}/${part}`
  const known = calendars.get(key)
  if (known !== undefined) return known
  const Calendar = loadHolidays()
  const all = new Calendar()
  if (!Object.hasOwn(all.getCountries(), country)) {
    throw new TaskError(`isPublicHoliday(): no holidays of "${country}" are known; a country is two letters such as FR`)
  }
  const parts = Object.keys(all.getStates(country) ?? {})
  if (part !== '' && !parts.includes(part)) {
    throw new TaskError(
      `isPublicHoliday(): ${country} has no part "${part}" with holidays of its own; it has ${parts.join(', ') || 'none'}`,
    )
  }
  const calendar = new Calendar(country, ...(part === '' ? [] : [part]), { types: ['public'] })
  calendars.set(key, calendar)
  return calendar
}

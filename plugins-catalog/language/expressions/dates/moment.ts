import { DateTime, type DateTimeUnit, FixedOffsetZone, IANAZone } from 'luxon'
import type { Json } from '../../json'
import { Complaint } from '../errors'
import { typeName } from '../values'
import { type DateFields, offsetMinutes } from './fields'
import { namedPatterns } from './named-patterns'
import { parsePattern } from './parse-pattern'

/** A point in time with nanoseconds, which luxon lacks. `nanos` counts within the millisecond. */
export type Moment = { time: DateTime<true>; nanos: number }

export const defaultZone = 'Etc/UTC'
/** Never the machine's: a replay elsewhere must print the same. */
const locale = 'en-US'

const iso =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?(Z|[+-]\d{2}(?::?\d{2}(?::?\d{2})?)?)?(?:\[([^\]]+)\])?$/

/** A number of epoch units, or a text, as a moment in `zone`. A text without an offset is local to `zone`. */
export function toMoment(value: Json, zone: string, existingFormat?: string): Moment {
  checkZone(zone)
  if (typeof value === 'number') return fromEpoch(value, zone)
  if (typeof value !== 'string') throw new Complaint(`A date is a text or a number, not ${typeName(value)}`)
  const fields = existingFormat ? parseBy(value, existingFormat) : parseIso(value)
  return fromFields(fields, value, zone)
}

/** Whether a text is a date as `toMoment` reads one. */
export function isDateText(text: string, zone = defaultZone): boolean {
  try {
    toMoment(text, zone)
    return true
  } catch {
    return false
  }
}

/** How many digits tell the unit: seconds, or the milli-, micro- and nanoseconds of our century. */
function fromEpoch(value: number, zone: string): Moment {
  const digits = Math.abs(Math.trunc(value)).toString().length
  const nanosPerUnit = digits >= 19 ? 1 : digits >= 16 ? 1e3 : digits >= 13 ? 1e6 : 1e9
  const unitsPerMs = 1e6 / nanosPerUnit
  const ms = unitsPerMs >= 1 ? Math.floor(value / unitsPerMs) : Math.floor(value * 1000)
  const nanos = unitsPerMs > 1 ? Math.floor((value - ms * unitsPerMs) * nanosPerUnit) : 0
  return { time: valid(DateTime.fromMillis(ms, { zone, locale }), String(value)), nanos }
}

/** Names work for reading too; the ISO ones all read what ISO 8601 allows. */
function parseBy(text: string, format: string): DateFields {
  if (format === 'rfc_1123_date_time') return parsePattern(text, 'EEE, d MMM yyyy HH:mm:ss z')
  const pattern = Object.hasOwn(namedPatterns, format) ? namedPatterns[format] : undefined
  if (pattern) return parsePattern(text, pattern)
  return format.startsWith('iso_') ? parseIso(text) : parsePattern(text, format)
}

function parseIso(text: string): DateFields {
  const match = iso.exec(text)
  if (!match) throw new Complaint(`Text '${text}' could not be parsed as a date`)
  const [, year, month, day, hour, minute, second, fraction, offset, region] = match
  return {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    nano: Number((fraction ?? '').padEnd(9, '0')),
    ...(region ? { zone: region } : offset ? { zone: offsetMinutes(offset) } : {}),
  }
}

function fromFields(fields: DateFields, text: string, zone: string): Moment {
  const { zone: own, nano, ordinal, ...rest } = fields
  if (typeof own === 'string') checkZone(own)
  const { month: _month, day: _day, ...withoutDay } = rest
  const values = { ...(ordinal === undefined ? rest : { ...withoutDay, ordinal }), millisecond: Math.floor(nano / 1e6) }
  const at = typeof own === 'number' ? FixedOffsetZone.instance(own) : (own ?? zone)
  const time = valid(DateTime.fromObject(values, { zone: at, locale }), text)
  return { time: valid(time.setZone(zone), text), nanos: nano % 1e6 }
}

function valid(time: DateTime, text: string): DateTime<true> {
  if (time.isValid) return time as DateTime<true>
  throw new Complaint(`'${text}' is not a date: ${time.invalidExplanation ?? time.invalidReason ?? ''}`)
}

/** Asking Intl is slow, and there are only some hundred zones. */
const validZones = new Set<string>()

export function checkZone(zone: string): void {
  if (validZones.has(zone)) return
  if (IANAZone.isValidZone(zone) || DateTime.fromMillis(0, { zone: luxonZone(zone) }).isValid) {
    validZones.add(zone)
    return
  }
  throw new Complaint(`Unknown time zone '${zone}'`)
}

/** Java also names zones by offset: `+02:00`, `UTC+2`, `Z`. */
export function luxonZone(zone: string): string {
  if (zone === 'Z') return 'UTC'
  const match = /^(?:UTC|GMT|UT)?([+-]\d{1,2})(?::?(\d{2}))?$/.exec(zone)
  return match ? `UTC${match[1]}${match[2] ? `:${match[2]}` : ''}` : zone
}

const units: Record<string, [DateTimeUnit, number]> = {
  SECONDS: ['second', 1],
  MINUTES: ['minute', 1],
  HOURS: ['hour', 1],
  HALF_DAYS: ['hour', 12],
  DAYS: ['day', 1],
  WEEKS: ['week', 1],
  MONTHS: ['month', 1],
  YEARS: ['year', 1],
  DECADES: ['year', 10],
  CENTURIES: ['year', 100],
  MILLENNIA: ['year', 1000],
}

const nanoUnits: Record<string, number> = { NANOS: 1, MICROS: 1e3, MILLIS: 1e6 }

/** Moves a moment by Java's ChronoUnit. */
export function addTo({ time, nanos }: Moment, amount: number, unit: string): Moment {
  const nanosPerUnit = nanoUnits[unit]
  if (nanosPerUnit !== undefined) {
    const ms = Math.floor((amount * nanosPerUnit + nanos) / 1e6)
    return { time: valid(time.plus({ millisecond: ms }), unit), nanos: amount * nanosPerUnit + nanos - ms * 1e6 }
  }
  const [name, factor] = units[unit] ?? []
  if (!name || !factor)
    throw new Complaint(
      `Unknown unit '${unit}'; one of ${[...Object.keys(nanoUnits), ...Object.keys(units)].join(', ')}`,
    )
  return { time: valid(time.plus({ [name]: amount * factor }), unit), nanos }
}

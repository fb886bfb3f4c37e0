import type { DateTime } from 'luxon'
import { Complaint } from '../errors'
import type { Moment } from './moment'
import { namedPatterns } from './named-patterns'
import { type PatternPart, readPattern } from './pattern'

const styles = new Set(['full', 'long', 'medium', 'short'])

/** Formats that print as many digits of the second as there are. */
const computed: Record<string, (moment: Moment) => string> = {
  iso_date_time: moment => `${local(moment)}${offset(moment)}${region(moment)}`,
  iso_zoned_date_time: moment => `${local(moment)}${offset(moment)}${region(moment)}`,
  iso_offset_date_time: moment => `${local(moment)}${offset(moment)}`,
  iso_local_date_time: local,
  iso_time: moment => `${localTime(moment)}${offset(moment)}`,
  iso_offset_time: moment => `${localTime(moment)}${offset(moment)}`,
  iso_local_time: localTime,
  iso_instant: ({ time, nanos }) => {
    const utc = { time: time.toUTC() as DateTime<true>, nanos }
    return `${utc.time.toFormat("yyyy-MM-dd'T'HH:mm:ss")}${fraction(utc, 3)}Z`
  },
  iso_week_date: moment => `${moment.time.toFormat("kkkk-'W'WW-E")}${offset(moment)}`,
  rfc_1123_date_time: moment => {
    const zone = moment.time.offset === 0 ? 'GMT' : moment.time.toFormat('ZZZ')
    return `${moment.time.setLocale('en-US').toFormat('ccc, d LLL yyyy HH:mm:ss')} ${zone}`
  },
}

/** A moment by a name (`iso`, `sql`, `rfc_1123_date_time` ...), a style (`full` ... `short`) or a Java pattern. */
export function formatMoment(moment: Moment, format: string, locale: string): string {
  if (Object.hasOwn(computed, format)) return computed[format]!(moment)
  const localized = { ...moment, time: withLocale(moment.time, locale) }
  if (styles.has(format)) {
    const style = format as 'full' | 'long' | 'medium' | 'short'
    return localized.time.toLocaleString({ dateStyle: style, timeStyle: style })
  }
  const pattern = Object.hasOwn(namedPatterns, format) ? namedPatterns[format]! : format
  return formatParts(localized, readPattern(pattern))
}

/** Java writes `fr_FR` for what Intl calls `fr-FR`. */
function withLocale(time: DateTime<true>, locale: string): DateTime<true> {
  const tag = locale.replaceAll('_', '-')
  try {
    Intl.getCanonicalLocales(tag)
  } catch {
    throw new Complaint(`Unknown locale '${locale}'`)
  }
  return time.setLocale(tag)
}

function formatParts(moment: Moment, parts: PatternPart[]): string {
  return parts
    .map(part => {
      if ('literal' in part) return part.literal
      if ('optional' in part) return formatParts(moment, part.optional)
      const format = Object.hasOwn(letters, part.letter) ? letters[part.letter] : undefined
      if (!format) throw new Complaint(`Unknown pattern letter: ${part.letter}`)
      return format(moment, part.count)
    })
    .join('')
}

type LetterFormat = (moment: Moment, count: number) => string

const letters: Record<string, LetterFormat> = {
  G: ({ time }, count) =>
    count === 4 ? (time.year > 0 ? 'Anno Domini' : 'Before Christ') : time.year > 0 ? 'AD' : 'BC',
  y: ({ time }, count) => year(time.year, count),
  u: ({ time }, count) => year(time.year, count),
  Y: ({ time }, count) => year(time.localWeekYear, count),
  M: ({ time }, count) => text(time, count, time.month, 'LLL', 'LLLL', 'LLLLL'),
  L: ({ time }, count) => text(time, count, time.month, 'LLL', 'LLLL', 'LLLLL'),
  d: ({ time }, count) => pad(time.day, count),
  D: ({ time }, count) => pad(time.ordinal, count),
  Q: quarter,
  q: quarter,
  w: ({ time }, count) => pad(time.localWeekNumber, count),
  W: ({ time }, count) => pad(Math.ceil((time.day + (time.startOf('month').weekday % 7)) / 7), count),
  E: ({ time }, count) => time.toFormat(count === 4 ? 'cccc' : count === 5 ? 'ccccc' : 'ccc'),
  e: ({ time }, count) => text(time, count, time.localWeekday, 'ccc', 'cccc', 'ccccc'),
  c: ({ time }, count) => text(time, count, time.localWeekday, 'ccc', 'cccc', 'ccccc'),
  a: ({ time }) => time.toFormat('a'),
  h: ({ time }, count) => pad(time.hour % 12 || 12, count),
  H: ({ time }, count) => pad(time.hour, count),
  k: ({ time }, count) => pad(time.hour || 24, count),
  K: ({ time }, count) => pad(time.hour % 12, count),
  m: ({ time }, count) => pad(time.minute, count),
  s: ({ time }, count) => pad(time.second, count),
  S: (moment, count) => nanoOfSecond(moment).toString().padStart(9, '0').padEnd(count, '0').slice(0, count),
  A: ({ time }, count) => pad(secondOfDay(time) * 1000 + time.millisecond, count),
  n: (moment, count) => pad(nanoOfSecond(moment), count),
  N: (moment, count) => pad(secondOfDay(moment.time) * 1e9 + nanoOfSecond(moment), count),
  V: ({ time }, count) => {
    if (count !== 2) throw new Complaint('Pattern letter count must be 2: V')
    return time.zoneName
  },
  z: ({ time }, count) => (count >= 4 ? time.toFormat('ZZZZZ') : zoneAbbreviation(time)),
  O: ({ time }, count) =>
    time.offset === 0 ? 'GMT' : count >= 4 ? `GMT${time.toFormat('ZZ')}` : `GMT${time.toFormat('Z')}`,
  X: ({ time }, count) => (time.offset === 0 ? 'Z' : numericOffset(time, count)),
  x: ({ time }, count) => numericOffset(time, count),
  Z: ({ time }, count) => {
    if (count <= 3) return time.toFormat('ZZZ')
    return count === 4
      ? time.offset === 0
        ? 'GMT'
        : `GMT${time.toFormat('ZZ')}`
      : time.offset === 0
        ? 'Z'
        : time.toFormat('ZZ')
  },
}

function year(value: number, count: number): string {
  return count === 2 ? pad(Math.abs(value) % 100, 2) : pad(value, count)
}

function text(time: DateTime<true>, count: number, value: number, short: string, long: string, narrow: string): string {
  if (count <= 2) return pad(value, count)
  return time.toFormat(count === 3 ? short : count === 4 ? long : narrow)
}

const quarterNames = ['1st quarter', '2nd quarter', '3rd quarter', '4th quarter']

function quarter({ time }: Moment, count: number): string {
  if (count <= 2) return pad(time.quarter, count)
  if (count === 3) return `Q${time.quarter}`
  return count === 4 ? (quarterNames[time.quarter - 1] ?? '') : String(time.quarter)
}

function pad(value: number, count: number): string {
  return value < 0 ? `-${String(-value).padStart(count, '0')}` : String(value).padStart(count, '0')
}

function secondOfDay(time: DateTime<true>): number {
  return time.hour * 3600 + time.minute * 60 + time.second
}

function nanoOfSecond({ time, nanos }: Moment): number {
  return time.millisecond * 1e6 + nanos
}

/** Each knows the short names of the zones of its own part of the world, and only those. */
const zoneLocales = ['en-US', 'en-GB', 'en-AU', 'en-IN', 'en-ZA', 'ja-JP', 'pt-BR']

/** `CET`, `AWST`; an offset from GMT where no name is known. */
function zoneAbbreviation(time: DateTime<true>): string {
  if (time.zoneName.endsWith('UTC')) return 'UTC'
  const nameBy = (locale: string) => time.setLocale(locale).toFormat('ZZZZ')
  return nameBy(zoneLocales.find(locale => !/\d/.test(nameBy(locale))) ?? 'en-US')
}

function numericOffset(time: DateTime<true>, count: number): string {
  const short = time.toFormat('ZZZ')
  if (count === 1) return time.offset % 60 === 0 ? short.slice(0, 3) : short
  return count === 2 || count === 4 ? short : time.toFormat('ZZ')
}

/** `.5`, `.123456` or nothing; in steps of `group` digits. */
function fraction(moment: Moment, group = 1): string {
  const digits = nanoOfSecond(moment).toString().padStart(9, '0').replace(/0+$/, '')
  return digits === '' ? '' : `.${digits.padEnd(Math.ceil(digits.length / group) * group, '0')}`
}

function localTime(moment: Moment): string {
  return moment.time.toFormat('HH:mm:ss') + fraction(moment)
}

function local(moment: Moment): string {
  return `${moment.time.toFormat('yyyy-MM-dd')}T${localTime(moment)}`
}

function offset({ time }: Moment): string {
  return time.offset === 0 ? 'Z' : time.toFormat('ZZ')
}

function region({ time }: Moment): string {
  return time.zone.type === 'iana' || time.zoneName === 'UTC' ? `[${time.zoneName}]` : ''
}

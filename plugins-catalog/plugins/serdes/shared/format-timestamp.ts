import { DateTime } from 'luxon'
import { TaskError } from '#language/define-plugin'

export type TimestampFormats = { dateFormat: string; dateTimeFormat: string; timeZoneId?: string }

export const defaultFormats = { dateFormat: 'yyyy-MM-dd', dateTimeFormat: "yyyy-MM-dd'T'HH:mm:ss.SSS[XXX]" }

const isoTime = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[-+]\d\d:\d\d)?$/

/** A date or a point in time by Java's patterns, in the task's zone. A local time has no zone and keeps its digits. */
export function formatTimestamp(text: string, formats: TimestampFormats): string {
  return formatByDefault(text, formats) ?? formatByPattern(text, formats)
}

/** Nearly every file asks for this, and it needs no calendar. */
function formatByDefault(text: string, { dateFormat, dateTimeFormat, timeZoneId }: TimestampFormats): string | null {
  if (!text.includes('T')) return dateFormat === defaultFormats.dateFormat && text.length === 10 ? text : null
  const match = timeZoneId || dateTimeFormat !== defaultFormats.dateTimeFormat ? null : isoTime.exec(text)
  return match && `${match[1]}.${(match[2] ?? '').slice(0, 3).padEnd(3, '0')}${match[3] ?? ''}`
}

function formatByPattern(text: string, { dateFormat, dateTimeFormat, timeZoneId }: TimestampFormats): string {
  const hasOffset = /(?:Z|[-+]\d\d:\d\d)$/.test(text)
  const read = DateTime.fromISO(text, { setZone: true })
  const time = hasOffset && timeZoneId ? read.setZone(timeZoneId) : read
  if (!time.isValid) throw new TaskError(`timeZoneId: ${timeZoneId} is no time zone`)
  if (!text.includes('T')) return time.toFormat(toLuxon(dateFormat, null))
  return time.toFormat(toLuxon(dateTimeFormat, hasOffset ? time.offset : null))
}

const offsets: Record<string, string> = { XXX: 'ZZ', XX: 'ZZZ', X: 'ZZZ', xxx: 'ZZ', Z: 'ZZZ', VV: 'z' }

/** `yyyy-MM-dd'T'HH:mm:ss.SSS[XXX]` -> Luxon's pattern; what stands in brackets counts only where there is an offset. */
function toLuxon(pattern: string, offset: number | null): string {
  const chosen = pattern.replace(/\[([^\]]*)\]/g, offset === null ? '' : '$1')
  return chosen.replace(/'[^']*'|X+|x+|Z+|V+|u+|n+|S+/g, part => {
    if (part.startsWith("'")) return part === "''" ? "'" : part
    if (/^u+$/.test(part)) return part.replaceAll('u', 'y')
    if (/^[Sn]+$/.test(part)) return 'SSS'
    // Java's X writes Z for no offset.
    if (part.startsWith('X') && offset === 0) return "'Z'"
    return offsets[part] ?? 'ZZ'
  })
}

import { DateTime } from 'luxon'
import { TaskError } from '#language/define-plugin'

export type TimestampFormats = { dateFormat: string; dateTimeFormat: string; timeZoneId?: string }

/** A date or a point in time by Java's patterns, in the task's zone. A local time has no zone and keeps its digits. */
export function formatTimestamp(text: string, { dateFormat, dateTimeFormat, timeZoneId }: TimestampFormats): string {
  const hasOffset = /(?:Z|[-+]\d\d:\d\d)$/.test(text)
  const read = DateTime.fromISO(text, { setZone: true })
  const time = hasOffset && timeZoneId ? read.setZone(timeZoneId) : read
  if (!time.isValid) throw new TaskError(`timeZoneId: ${timeZoneId} is no time zone`)
  if (!text.includes('T')) return time.toFormat(toLuxon(dateFormat, false))
  return time.toFormat(toLuxon(dateTimeFormat, hasOffset))
}

const offsets: Record<string, string> = { XXX: 'ZZ', XX: 'ZZZ', X: 'ZZZ', xxx: 'ZZ', Z: 'ZZZ', VV: 'z' }

/** `yyyy-MM-dd'T'HH:mm:ss.SSS[XXX]` -> Luxon's pattern; what stands in brackets counts only where there is an offset. */
function toLuxon(pattern: string, hasOffset: boolean): string {
  const chosen = pattern.replace(/\[([^\]]*)\]/g, hasOffset ? '$1' : '')
  return chosen.replace(/'[^']*'|X+|x+|Z+|V+|u+|n+|S+/g, part => {
    if (part.startsWith("'")) return part === "''" ? "'" : part
    if (/^u+$/.test(part)) return part.replaceAll('u', 'y')
    if (/^[Sn]+$/.test(part)) return 'SSS'
    return offsets[part] ?? 'ZZ'
  })
}

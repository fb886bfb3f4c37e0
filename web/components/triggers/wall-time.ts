import { inZone } from '#language/triggers/in-zone'
import { listedDates } from '#language/triggers/schedule-dates'

/** What a field for date and time holds, of a moment in a zone. @example wallTime(date, 'Europe/Berlin') // 2026-07-01T06:00 */
export function wallTime(date: Date, zone: string): string {
  return inZone(date, zone).slice(0, 16)
}

/** The moment at which the clocks of a zone show what a field holds; undefined where it holds none. */
export function momentOf(wall: string, zone: string): string | undefined {
  if (Number.isNaN(Date.parse(wall))) return undefined
  return listedDates([wall.length === 16 ? `${wall}:00` : wall], zone)
    .next(new Date(0))
    ?.toISOString()
}

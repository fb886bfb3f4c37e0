import { z } from 'zod'
import { text } from '#language/fields'

/** A moment, as ISO-8601 or as expressions write it, with a zone's name in brackets behind the offset. */
export function moment() {
  return text()
    .pipe(z.string().refine(value => !Number.isNaN(momentMs(value)), 'no date; write one such as 2024-01-31T00:00:00Z'))
    .meta({ description: 'A date with its time, as ISO-8601.' })
}

/** The moment that such a text tells, in ms; NaN where it tells none. */
export function momentMs(value: string): number {
  return Date.parse(value.trim().replace(/\[[^\]]*\]$/, ''))
}

/** The dates of a purge as its filter has them. */
export function readSpan({ startDate, endDate }: { startDate?: string; endDate: string }) {
  const end = { endDate: new Date(momentMs(endDate)) }
  return startDate === undefined ? end : { ...end, startDate: new Date(momentMs(startDate)) }
}

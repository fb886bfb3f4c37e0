import { AppError } from '../errors/app-error'
import type { BackfillRange } from './trigger-record'

/** The clocks of a browser and ours may differ by so much. */
const skewMs = 60_000

/** The range of a backfill, which lies in the past; `end` is now by default. */
export function readRange(range: BackfillRange, now = new Date()): { start: Date; end: Date } {
  const start = new Date(range.start)
  const end = range.end === undefined ? now : new Date(range.end)
  if (start > now)
    throw refuse('start', `The range lies in the future: it starts ${text(start)}, and now is ${text(now)}`)
  if (start > end) throw refuse('start', `The range is reversed: it starts ${text(start)} and ends ${text(end)}`)
  if (end.getTime() > now.getTime() + skewMs) {
    throw refuse('end', `The range ends in the future, ${text(end)}: those dates come by the schedule itself`)
  }
  return { start, end: end > now ? now : end }
}

function refuse(path: 'start' | 'end', message: string): AppError {
  return new AppError('INVALID', message, [{ message, path: `backfill.${path}`, code: 'INVALID_RANGE' }])
}

function text(date: Date): string {
  return date.toISOString().replace('.000Z', 'Z')
}

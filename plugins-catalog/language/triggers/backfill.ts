import { z } from 'zod'
import type { Json } from '../json'
import { firstFrom } from './count-dates'
import type { ScheduleDates } from './evaluate-schedule'

/** A backfill as the trigger's row keeps it: dates of the past that are replayed, one after the other. */
export const Backfill = z.object({
  /** Part of the ids of its executions: a second backfill of the same dates runs them again. */
  id: z.string(),
  /** ISO 8601; both belong to it. */
  start: z.string(),
  end: z.string(),
  /** The date that was begun last. */
  currentDate: z.string().optional(),
  paused: z.boolean(),
  /** Why it paused by itself. */
  problem: z.string().optional(),
  inputs: z.record(z.string(), z.custom<Json>()),
  labels: z.array(z.object({ key: z.string(), value: z.string() })),
  /** Dates in the range when it began; an estimate where they are many. */
  total: z.number(),
  isExact: z.boolean(),
  /** Dates that are begun or passed over, because a condition does not hold. */
  handled: z.number(),
  /** When the last execution was begun, epoch milliseconds. */
  begunAtMs: z.number().optional(),
})
export type Backfill = z.infer<typeof Backfill>

/** What a row says of its backfill; undefined where there is none. */
export function backfillOf(row: { backfill: unknown }): Backfill | undefined {
  return row.backfill === null || row.backfill === undefined ? undefined : Backfill.parse(row.backfill)
}

/** The first date of a backfill that is still to be handled; of the schedule as it is now, should it have changed. */
export function firstOfBackfill(dates: ScheduleDates, { start, currentDate }: Backfill): Date | undefined {
  return currentDate === undefined ? firstFrom(dates, new Date(start)) : dates.next(new Date(currentDate))
}

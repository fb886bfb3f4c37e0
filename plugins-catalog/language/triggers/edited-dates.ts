/**
 * A schedule whose dates were edited while some were due and not begun (they wait for a running execution, or nobody had
 * looked yet): these still come, and only then those of the new text.
 */
import { z } from 'zod'
import type { PluginDefinition } from '../define-plugin'
import type { Trigger } from '../flow'
import type { Json } from '../json'
import { datesOfTrigger } from './dates-of-trigger'
import type { ScheduleDates } from './evaluate-schedule'

/** Until when a trigger said which dates; a trigger's row remembers it. */
const EarlierDates = z.array(z.object({ said: z.record(z.string(), z.custom<Json>()), untilMs: z.number() }))
export type EarlierDates = z.infer<typeof EarlierDates>

/** What a row remembers of it in its `state`. */
export function earlierDatesOf(state: unknown): EarlierDates {
  return z.object({ earlier: EarlierDates.default([]) }).parse(state).earlier
}

/** What the row of a schedule knows before its flow is saved. */
type Remembered = { definition: Trigger; disabled: boolean; nextDate: Date | null; state: unknown }

/**
 * What a schedule remembers otherwise once its flow is saved. One whose dates are edited begins anew from now, as in
 * Kestra; but what was due before, and only waited, still comes.
 */
export function afterEdit(
  { definition: before, disabled, nextDate, state }: Remembered,
  { trigger, plugin, now }: { trigger: Trigger; plugin: PluginDefinition; now: Date },
): { nextDate?: Date | null; evaluatedAt?: Date; state?: { earlier: EarlierDates } } {
  const isWaiting = nextDate !== null && nextDate <= now
  const first = datesOfTrigger(plugin, trigger)?.next(now) ?? null
  // What else was edited may let dates through that were passed over.
  if (saysSameDates(before, trigger)) return isWaiting ? {} : { nextDate: first }
  if (!isWaiting || disabled || before.disabled === true) return { nextDate: first, evaluatedAt: now }
  return {
    nextDate,
    state: { earlier: [...earlierDatesOf(state), { said: saidDates(before), untilMs: now.getTime() }] },
  }
}

/** What a trigger says of its dates. */
const dateProperties = ['cron', 'withSeconds', 'timezone', 'dates']

function saysSameDates(one: Trigger, other: Trigger): boolean {
  return JSON.stringify(saidDates(one)) === JSON.stringify(saidDates(other))
}

function saidDates(trigger: Trigger): { [name: string]: Json } {
  return Object.fromEntries(
    dateProperties.flatMap((name): [string, Json][] => (trigger[name] === undefined ? [] : [[name, trigger[name]]])),
  )
}

/** The dates of a schedule as it was written at each time. */
export function datesWithEarlier(plugin: PluginDefinition, trigger: Trigger, earlier: EarlierDates): ScheduleDates {
  const { id, type } = trigger
  return earlier.reduceRight<ScheduleDates>(
    (later, { said, untilMs }) => {
      const before = datesOfTrigger(plugin, { ...said, id, type })
      return before === undefined ? later : joined(before, later, new Date(untilMs))
    },
    datesOfTrigger(plugin, trigger) ?? { next: () => undefined, previous: () => undefined },
  )
}

/** One schedule up to a time, and another after it. */
function joined(before: ScheduleDates, later: ScheduleDates, until: Date): ScheduleDates {
  return {
    next(after) {
      const date = after < until ? before.next(after) : undefined
      return date !== undefined && date <= until ? date : later.next(after < until ? until : after)
    },
    previous(date) {
      const found = date > until ? later.previous(date) : undefined
      if (found !== undefined && found > until) return found
      return before.previous(date > until ? new Date(until.getTime() + 1) : date)
    },
  }
}

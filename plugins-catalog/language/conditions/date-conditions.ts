/**
 * Conditions on a date: by default that of the trigger, by the clock on which it is written. They ask the functions that
 * Kestra 2 says the same with, so that both dialects agree.
 */
import type { ConditionContext } from '../define-plugin'
import { isTruthy } from '../expressions/render'
import type { JsonObject } from '../json'
import { isBetweenClockTimes } from './clock-time'

type Dated = { date?: string | undefined }
type Range = { after?: string | undefined; before?: string | undefined }

/** Both ends count. */
export function isBetweenDates({ after, before, ...dated }: Dated & Range, context: ConditionContext): boolean {
  needsRange({ after, before })
  return (
    (after === undefined || !asks('isDateBefore(date, after)', dated, context, { after })) &&
    (before === undefined || !asks('isDateAfter(date, before)', dated, context, { before }))
  )
}

/** Neither end counts. */
export function isBetweenTimes({ after, before, ...dated }: Dated & Range, context: ConditionContext): boolean {
  needsRange({ after, before })
  return isBetweenClockTimes(dateOf(dated, context), { after, before })
}

export function isDayOfWeek({ dayOfWeek, ...dated }: Dated & { dayOfWeek: string }, context: ConditionContext) {
  return asks('dayOfWeek(date) == day', dated, context, { day: dayOfWeek })
}

export function isDayInMonth(
  { dayOfWeek, dayInMonth, ...dated }: Dated & { dayOfWeek: string; dayInMonth: string },
  context: ConditionContext,
): boolean {
  return asks('isDayWeekInMonth(date, day, position)', dated, context, { day: dayOfWeek, position: dayInMonth })
}

export function isWeekend(dated: Dated, context: ConditionContext): boolean {
  return asks('isWeekend(date)', dated, context)
}

export function isPublicHoliday(
  { country, subDivision, ...dated }: Dated & { country?: string | undefined; subDivision?: string | undefined },
  context: ConditionContext,
): boolean {
  if (country === undefined) throw new Error('PublicHoliday needs a country, such as FR')
  if (subDivision === undefined) return asks('isPublicHoliday(date, country)', dated, context, { country })
  return asks('isPublicHoliday(date, country, division)', dated, context, { country, division: subDivision })
}

function asks(expression: string, dated: Dated, context: ConditionContext, variables: JsonObject = {}): boolean {
  return isTruthy(context.render(`{{ ${expression} }}`, { ...variables, date: dateOf(dated, context) }))
}

/** As text, with its offset. */
function dateOf({ date }: Dated, context: ConditionContext): string {
  if (date !== undefined) return date
  const given = context.render("{{ trigger.date ?? '' }}")
  return typeof given === 'string' && given !== '' ? given : context.date.toISOString()
}

function needsRange({ after, before }: Range): void {
  if (after === undefined && before === undefined) throw new Error('It needs "after", "before" or both')
}

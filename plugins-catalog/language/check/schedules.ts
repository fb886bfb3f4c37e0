import { isDateText, toMoment } from '../expressions/dates/moment'
import { holdsTemplate } from '../fields'
import type { Json, JsonObject } from '../json'
import { listOf, type PlacedTrigger } from './placed-triggers'
import type { Path, Problem } from './problem'
import type { Subject } from './subject'

/** What a schedule says of its dates, and its conditions. */
export function checkSchedule(placed: PlacedTrigger, { catalog }: Subject): Problem[] {
  if (catalog.find(String(placed.trigger.type))?.starts !== 'schedule') return []
  const { trigger, path } = placed
  return [
    ...checkStatic(placed),
    ...checkDates(placed),
    ...['conditions', 'scheduleConditions'].flatMap(name => checkConditions(trigger[name], [...path, name])),
  ]
}

/** The dates of a schedule are known before anything is rendered. */
function checkStatic({ trigger, path }: PlacedTrigger): Problem[] {
  return ['cron', 'withSeconds', 'timezone', 'lateMaximumDelay', 'recoverMissedSchedules', 'dates']
    .filter(name => holdsTemplate(trigger[name]))
    .map(name => ({
      code: 'INVALID_VALUE',
      message: `"${name}" takes no expression: when a schedule is due must be known before anything is rendered`,
      path: [...path, name],
    }))
}

function checkDates({ trigger: { dates, timezone }, path }: PlacedTrigger): Problem[] {
  if (!Array.isArray(dates) || holdsTemplate(dates)) return []
  let latest: string | undefined
  return dates.flatMap((date, index): Problem[] => {
    const text = String(date)
    const place: Path = [...path, 'dates', index]
    if (!isDateText(text)) {
      const message = `"${text}" is no date with a time and zone such as 2030-03-31T18:00:00Z`
      return [{ code: 'INVALID_VALUE', message, path: place }]
    }
    const before = latest
    const gap = before === undefined ? 1 : millis(text, timezone) - millis(before, timezone)
    if (gap > 0) latest = text
    if (gap > 0) return []
    const message =
      gap === 0
        ? `"${text}" is written twice: it comes once`
        : `"${text}" comes before "${before}": dates start the flow in the order of time`
    return [{ code: 'INVALID_VALUE', severity: 'warning', message, path: place }]
  })
}

function millis(text: string, timezone: Json | undefined): number {
  const zone = typeof timezone === 'string' && isDateText(text, timezone) ? timezone : 'UTC'
  return toMoment(text, zone).time.toMillis()
}

/** Conditions that fail on each date: Kestra, too, notices only then. */
function checkConditions(written: Json | undefined, path: Path): Problem[] {
  return listOf(written).flatMap(([condition, index]): Problem[] => {
    const place: Path = [...path, index]
    const message = conditionProblem(condition)
    const held = checkConditions(condition.conditions, [...place, 'conditions'])
    if (message === undefined) return held
    return [{ code: 'INVALID_VALUE', severity: 'warning', message, path: [...place, 'type'] }, ...held]
  })
}

function conditionProblem(condition: JsonObject): string | undefined {
  const type = String(condition.type)
  const name = type.slice(type.lastIndexOf('.') + 1)
  if (/^(Execution|Flow|HasRetryAttempt|Multiple)/.test(name)) {
    return `${name} asks about an execution, and a schedule follows none: each date would fail`
  }
  if (/^PublicHoliday/.test(name) && condition.country === undefined) return `${name} needs a "country" such as FR`
  const isRange = /TimeBetween/.test(name) && condition.after === undefined && condition.before === undefined
  return isRange ? `${name} needs "after", "before" or both` : undefined
}

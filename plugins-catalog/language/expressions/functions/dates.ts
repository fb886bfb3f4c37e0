import type { DateTime } from 'luxon'
import type { Bound, ExpressionFunction } from '../callable'
import { defaultZone, toMoment } from '../dates/moment'
import { Complaint } from '../errors'
import { textArgument } from '../filters/arguments'
import { dateCost, formatNow } from '../filters/dates'

const days = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY']
const positions = ['FIRST', 'SECOND', 'THIRD', 'FOURTH']

export const dateFunctions = {
  now: {
    parameters: ['format?', 'timeZone?', 'existingFormat?', 'locale?'],
    description: 'The current time, in the formats of the filter `date`.',
    cost: dateCost,
    example: '{{ now("yyyy-MM-dd") }}',
    call: (args, { env }) => formatNow(env.nowMs, args),
  },
  dayOfMonth: {
    parameters: ['date'],
    description: 'The day of the month, from 1.',
    cost: dateCost,
    example: '{{ dayOfMonth("2024-02-03") }} -> 3',
    call: args => written(args).day,
  },
  dayOfWeek: {
    parameters: ['date'],
    description: 'The name of the day: MONDAY ... SUNDAY.',
    cost: dateCost,
    example: '{{ dayOfWeek("2024-02-03") }} -> SATURDAY',
    call: args => dayName(written(args)),
  },
  hourOfDay: {
    parameters: ['date'],
    description: 'The hour, from 0 to 23.',
    cost: dateCost,
    example: '{{ hourOfDay("2024-02-03T04:05:06Z") }} -> 4',
    call: args => written(args).hour,
  },
  isDateAfter: {
    parameters: ['date', 'reference'],
    description: 'Whether a point in time is after another; without an offset it is in UTC.',
    cost: dateCost,
    example: '{{ isDateAfter("2024-02-03", "2024-02-02T23:00:00-02:00") }} -> false',
    call: args => compare(args, 'date', 'reference') > 0,
  },
  isDateBefore: {
    parameters: ['date', 'reference'],
    description: 'Whether a point in time is before another; without an offset it is in UTC.',
    cost: dateCost,
    example: '{{ isDateBefore("2024-02-03", "2024-02-03T00:00:01Z") }} -> true',
    call: args => compare(args, 'date', 'reference') < 0,
  },
  isDateBetween: {
    parameters: ['date', 'after', 'before'],
    description: 'Whether a point in time is after one and before another.',
    cost: dateCost,
    example: '{{ isDateBetween("2024-02-03", "2024-02-01", "2024-02-04") }} -> true',
    call: args => compare(args, 'date', 'after') > 0 && compare(args, 'date', 'before') < 0,
  },
  isDayWeekInMonth: {
    parameters: ['date', 'dayOfWeek', 'position'],
    description: 'Whether a date is the FIRST, SECOND, THIRD, FOURTH or LAST such day of its month.',
    cost: dateCost,
    example: '{{ isDayWeekInMonth("2024-02-05", "MONDAY", "FIRST") }} -> true',
    call: args => {
      const date = written(args)
      const isDay = dayName(date) === dayArgument(textArgument(args, 'dayOfWeek'))
      const position = textArgument(args, 'position').toUpperCase()
      if (position === 'LAST') return isDay && date.plus({ weeks: 1 }).month !== date.month
      if (!positions.includes(position))
        throw new Complaint(`Unknown position '${position}'; one of ${positions.join(', ')}, LAST`)
      return isDay && Math.ceil(date.day / 7) === positions.indexOf(position) + 1
    },
  },
  isLastWorkingDay: {
    parameters: ['date', 'workingDays?'],
    description: 'Whether a date is the last working day of its month.',
    cost: dateCost,
    example: '{{ isLastWorkingDay("2024-03-29") }} -> true',
    call: args => {
      const working = new Set(
        textArgument(args, 'workingDays', '')
          .split(/[,\s]+/)
          .filter(Boolean)
          .map(dayArgument),
      )
      if (working.size === 0) for (const day of days.slice(0, 5)) working.add(day)
      const date = written(args)
      let last = date.endOf('month')
      while (!working.has(dayName(last))) last = last.minus({ days: 1 })
      return working.has(dayName(date)) && last.day === date.day
    },
  },
  isWeekend: {
    parameters: ['date'],
    description: 'Whether a date is a Saturday or a Sunday.',
    cost: dateCost,
    example: '{{ isWeekend("2024-02-03") }} -> true',
    call: args => written(args).weekday > 5,
  },
  monthOfYear: {
    parameters: ['date'],
    description: 'The month, from 1.',
    cost: dateCost,
    example: '{{ monthOfYear("2024-02-03") }} -> 2',
    call: args => written(args).month,
  },
} satisfies Record<string, ExpressionFunction>

function compare(args: Bound, left: string, right: string): number {
  const [a, b] = [left, right].map(name => toMoment(args.get(name) ?? null, defaultZone))
  return a!.time.toMillis() - b!.time.toMillis() || a!.nanos - b!.nanos
}

/** A date by the clock on which it is written: no change to another zone. */
function written(args: Bound): DateTime<true> {
  const text = textArgument(args, 'date')
  return toMoment(
    text.replace(/(?:Z|[+-]\d{2}(?::?\d{2})?)?(?:\[[^\]]*\])?$/, matched => (text.includes('T') ? '' : matched)),
    defaultZone,
  ).time
}

function dayName(date: DateTime<true>): string {
  return days[date.weekday - 1]!
}

function dayArgument(name: string): string {
  const day = name.toUpperCase()
  if (!days.includes(day)) throw new Complaint(`Unknown day '${name}'; one of ${days.join(', ')}`)
  return day
}

import type { Json } from '../../json'
import type { Bound, Filter } from '../callable'
import { formatMoment } from '../dates/format'
import { addTo, checkZone, defaultZone, luxonZone, type Moment, toMoment } from '../dates/moment'
import { integerArgument, textArgument } from './arguments'

/** Intl takes its time. */
export const dateCost = 60

export const dateFilters = {
  date: {
    parameters: ['format?', 'timeZone?', 'existingFormat?', 'locale?'],
    description:
      'A date by a format: a name such as `iso`, `sql`, `iso_date`, a style such as `short`, or a Java pattern.',
    cost: dateCost,
    example: '{{ "2024-02-03T04:05:06Z" | date("dd/MM/yyyy") }} -> 03/02/2024',
    apply: (input, args) => (input === null ? null : formatted(momentOf(input, args), args)),
  },
  dateAdd: {
    parameters: ['amount', 'unit', 'format?', 'timeZone?', 'existingFormat?', 'locale?'],
    description: 'A date moved by an amount of NANOS ... SECONDS, MINUTES, HOURS, DAYS, WEEKS, MONTHS or YEARS.',
    cost: dateCost,
    example: '{{ "2024-01-31" | dateAdd(1, "MONTHS", "yyyy-MM-dd") }} -> 2024-02-29',
    apply: (input, args) =>
      input === null ? null : formatted(addTo(momentOf(input, args), amountOf(args), textArgument(args, 'unit')), args),
  },
  timestamp: timestamp('seconds', '{{ "2024-01-01" | timestamp }} -> 1704067200', ms => Math.floor(ms / 1000)),
  timestampMilli: timestamp('milliseconds', '{{ "2024-01-01" | timestampMilli }} -> 1704067200000', ms => ms),
  timestampMicro: timestamp(
    'microseconds',
    '{{ "2024-01-01" | timestampMicro }} -> 1704067200000000',
    (ms, nanos) => ms * 1000 + Math.floor(nanos / 1000),
  ),
  timestampNano: timestamp(
    'nanoseconds',
    '{{ "2024-01-01" | timestampNano }} -> 1704067200000000000',
    (ms, nanos) => ms * 1e6 + nanos,
  ),
} satisfies Record<string, Filter>

function timestamp(unit: string, example: string, count: (ms: number, nanos: number) => number): Filter {
  return {
    parameters: ['timeZone?', 'existingFormat?'],
    description: `A date as ${unit} since 1970.`,
    example,
    cost: dateCost,
    apply: (input, args) => {
      if (input === null) return null
      const { time, nanos } = momentOf(input, args)
      return count(time.toMillis(), nanos)
    },
  }
}

/** A whole number, or the text of one: outputs of tasks are texts. */
function amountOf(args: Bound): number {
  const amount = args.get('amount')
  return typeof amount === 'string' && /^[-+]?\d+$/.test(amount) ? Number(amount) : integerArgument(args, 'amount')
}

function momentOf(input: Json, args: Bound): Moment {
  const existing = args.get('existingFormat')
  return toMoment(input, zoneOf(args), existing == null ? undefined : textArgument(args, 'existingFormat'))
}

function zoneOf(args: Bound): string {
  const zone = textArgument(args, 'timeZone', defaultZone)
  checkZone(zone)
  return luxonZone(zone)
}

function formatted(moment: Moment, args: Bound): string {
  return formatMoment(moment, textArgument(args, 'format', 'iso'), textArgument(args, 'locale', 'en-US'))
}

/** `now()` shares the formats of `date`. */
export function formatNow(nowMs: number, args: Bound): string {
  return formatted(toMoment(Math.floor(nowMs), zoneOf(args)), args)
}

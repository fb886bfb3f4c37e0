import pg from 'pg'
import { Decimal, type RowValue, Timestamp } from '../../../../rows/values'

/** By the type's number in Postgres's catalog (`select oid, typname from pg_type`). */
const parsers: Record<number, (text: string) => RowValue> = {
  16: text => text === 't',
  17: text => Uint8Array.from(Buffer.from(text.slice(2), 'hex')),
  20: text => toInteger(BigInt(text)),
  21: Number,
  23: Number,
  26: Number,
  114: text => JSON.parse(text),
  700: Number,
  701: Number,
  1082: toTimestamp,
  1114: toTimestamp,
  1184: toTimestamp,
  1700: text => (/^-?[\d.]+$/.test(text) ? new Decimal(text) : Number(text)),
  3802: text => JSON.parse(text),
}

/** Arrays that `pg` cuts for us; their items stay numbers, booleans and text. */
const arrays = new Set([1000, 1005, 1007, 1009, 1015, 1016, 1021, 1022])

/** For `pg`: exact numbers and times; each type we don't know stays its text. */
export function getTypeParser(oid: number): (text: string) => RowValue {
  if (arrays.has(oid)) return text => fromArray(pg.types.getTypeParser(oid as never, 'text')(text) as unknown[])
  return parsers[oid] ?? (text => text)
}

function fromArray(items: unknown[]): RowValue[] {
  return items.map(item => {
    if (Array.isArray(item)) return fromArray(item)
    if (item === null || typeof item === 'number' || typeof item === 'boolean') return item
    return String(item)
  })
}

function toInteger(value: bigint): number | bigint {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

/** `2024-01-31 10:00:00.5+00` -> `2024-01-31T10:00:00.5Z`; `infinity` and years BC stay text. */
function toTimestamp(text: string): RowValue {
  const match = /^(\d{4}-\d\d-\d\d)(?: (\d\d:\d\d:\d\d(?:\.\d+)?)(?:([-+]\d\d)(?::?(\d\d))?)?)?$/.exec(text)
  if (!match) return text
  const [, date, time, hours, minutes = '00'] = match
  if (time === undefined) return new Timestamp(date as string)
  const offset = hours === undefined ? '' : hours === '+00' && minutes === '00' ? 'Z' : `${hours}:${minutes}`
  return new Timestamp(`${date}T${time}${offset}`)
}

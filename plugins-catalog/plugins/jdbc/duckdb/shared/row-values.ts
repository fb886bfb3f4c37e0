import {
  DuckDBArrayValue,
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBUnionValue,
  type DuckDBValue,
} from '@duckdb/node-api'
import { Decimal, type RowValue, setOwn, Timestamp } from '../../../../rows/values'

const localTimestamps = [
  DuckDBTimestampValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
]

/** A value of DuckDB as a value of a row: exact decimals and times, nested lists and structs, all else as its text. */
export function toRowValue(value: DuckDBValue | undefined): RowValue {
  if (value === null || value === undefined) return null
  if (typeof value !== 'object') return typeof value === 'bigint' ? toInteger(value) : value
  if (value instanceof DuckDBDecimalValue) return new Decimal(value.toString())
  if (value instanceof DuckDBDateValue) return toTimestamp(value.toString())
  if (value instanceof DuckDBTimestampTZValue) return fromMicros(value.micros)
  if (localTimestamps.some(type => value instanceof type)) return toTimestamp(value.toString().replace(' ', 'T'))
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) return value.items.map(toRowValue)
  if (value instanceof DuckDBStructValue) return toObject(Object.entries(value.entries))
  if (value instanceof DuckDBMapValue) return toObject(value.entries.map(({ key, value }) => [keyText(key), value]))
  if (value instanceof DuckDBUnionValue) return toRowValue(value.value)
  if (value instanceof DuckDBBlobValue) return value.bytes
  return value.toString()
}

/** A key of a map may be of any type; a name of a field is text. */
function keyText(key: DuckDBValue): string {
  return typeof key === 'string' ? key : String(key)
}

function toObject(entries: [string, DuckDBValue][]): { [name: string]: RowValue } {
  const object: { [name: string]: RowValue } = {}
  for (const [name, value] of entries) setOwn(object, name, toRowValue(value))
  return object
}

function toInteger(value: bigint): number | bigint {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

/** `infinity` and years beyond 9999 or before 1 are no ISO-8601: they stay text. */
function toTimestamp(text: string): RowValue {
  return /^\d{4}-\d\d-\d\d(?:T[\d:.]+)?$/.test(text) ? new Timestamp(text) : text
}

function fromMicros(micros: bigint): RowValue {
  const milliseconds = Number(micros / 1000n)
  const date = new Date(milliseconds)
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999 || date.getUTCFullYear() < 1) return String(micros)
  const fraction = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n
  const seconds = new Date(Math.floor(Number(micros) / 1_000_000) * 1000).toISOString().slice(0, 19)
  return new Timestamp(fraction === 0n ? `${seconds}Z` : `${seconds}.${trimZeros(fraction)}Z`)
}

function trimZeros(micros: bigint): string {
  return micros.toString().padStart(6, '0').replace(/0+$/, '')
}

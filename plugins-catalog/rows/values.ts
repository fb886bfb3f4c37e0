import type { Json } from '#language/json'

/** A value of a row: JSON's types and what data has beside them. */
export type RowValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | Decimal
  | Timestamp
  | RowValue[]
  | { [name: string]: RowValue }

export type Row = { [name: string]: RowValue }

/** A decimal number, every digit kept: `12.50`. */
export class Decimal {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/**
 * A date or a point in time as ISO-8601 text, as exact as it was: `2024-01-31`, `2024-01-31T10:00:00.123456`
 * (local time, no offset known), `2024-01-31T10:00:00Z`.
 */
export class Timestamp {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** A problem of the data itself, for the user: what and where. */
export class RowError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'RowError'
  }
}

export function isRow(value: RowValue): value is Row {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/**
 * A value as JSON holds it. Numbers that a JSON number can't hold exactly become text: better a text than another number.
 * @example toJson(new Decimal('12.50')) // 12.5
 * @example toJson(9007199254740993n) // '9007199254740993'
 */
export function toJson(value: RowValue): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value === 'bigint') return bigintToJson(value)
  if (value instanceof Decimal) return decimalToJson(value.text)
  if (value instanceof Timestamp) return value.text
  if (value instanceof Uint8Array) return toBase64(value)
  if (Array.isArray(value)) return value.map(toJson)
  const object: { [name: string]: Json } = {}
  for (const [name, item] of Object.entries(value)) setOwn(object, name, toJson(item))
  return object
}

/** A value as one cell of a CSV file or a table shows it. */
export function toCellText(value: RowValue): string {
  if (value === null) return ''
  if (typeof value === 'string') return value
  if (value instanceof Decimal || value instanceof Timestamp) return value.text
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value)
  if (value instanceof Uint8Array) return toBase64(value)
  return JSON.stringify(toJson(value))
}

/** Sets an own property, even one named `__proto__`, as untrusted data may have it. */
export function setOwn<T>(target: { [name: string]: T }, name: string, value: T): void {
  if (name === '__proto__') {
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true })
  } else target[name] = value
}

export function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

function bigintToJson(value: bigint): Json {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value.toString()
}

function decimalToJson(text: string): Json {
  const digits = text.replace(/^[-+]?0*|[.]|[eE].*$/g, '').replace(/^0+|0+$/g, '')
  const number = Number(text)
  return digits.length <= 15 && Number.isFinite(number) ? number : text
}

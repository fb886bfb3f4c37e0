import { Decimal, type RowValue, Timestamp, toBase64 } from './values'

/**
 * One value as Ion text on one line. Names are quoted, so that a line which holds only JSON's types is JSON, too, and any
 * script can read it line by line.
 * @example formatIon({ brand: 'Apple', price: 9.5 }) // {"brand":"Apple","price":9.5e0}
 */
export function formatIon(value: RowValue): string {
  switch (typeof value) {
    case 'string':
      return quote(value)
    case 'number':
      return formatNumber(value)
    case 'bigint':
    case 'boolean':
      return String(value)
    default:
      return value === null ? 'null' : formatObject(value)
  }
}

function formatObject(value: RowValue & object): string {
  if (value instanceof Decimal) return formatDecimal(value.text)
  if (value instanceof Timestamp) return formatTimestamp(value.text)
  if (value instanceof Uint8Array) return `{{${toBase64(value)}}}`
  if (Array.isArray(value)) return `[${value.map(formatIon).join(',')}]`
  let text = '{'
  for (const name in value) text += `${text === '{' ? '' : ','}${quote(name)}:${formatIon(value[name] ?? null)}`
  return `${text}}`
}

/** Ion tells floats from decimals by their exponent. */
function formatNumber(value: number): string {
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) return String(value)
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? '+inf' : '-inf'
  const text = Object.is(value, -0) ? '-0' : String(value)
  return text.includes('e') ? text.replace('e+', 'e') : `${text}e0`
}

function formatDecimal(text: string): string {
  const plain = text.replace(/^\+/, '').replace(/[eE]/, 'd')
  return /[.dD]/.test(plain) ? plain : `${plain}.`
}

/** In Ion a time without a known offset says so by `-00:00`. */
function formatTimestamp(text: string): string {
  const hasTime = text.includes('T')
  return hasTime && !/(?:Z|[-+]\d\d:\d\d)$/.test(text) ? `${text}-00:00` : text
}

/** JSON's text of a string is Ion's, but for surrogates, which JSON.stringify escapes when they are alone only. */
function quote(text: string): string {
  return JSON.stringify(text)
}

import { Scalar, stringify } from 'yaml'
import type { Json } from '../../json'

type Plain = string | number | boolean | null

/** Words that a reader of YAML 1.1 takes for another type, or that look like one. */
const otherTypes = [
  /^(yes|no|on|off|true|false|null|~)$/i,
  /^[-+.]?\d[\d_,.:eExX-]*$/,
  /^\d{4}-\d\d?-\d\d?/,
  /^(<<|=|---|\.\.\.)/,
]

/** A value on one line, outside of braces and brackets; quoted only where it would be read as something else. */
export function plainText(value: Plain): string {
  if (typeof value !== 'string') return JSON.stringify(value)
  if (otherTypes.some(pattern => pattern.test(value))) return quoted(value, 'QUOTE_DOUBLE')
  return stringify(scalarOf(value, undefined), oneLine).trimEnd()
}

/** A text in quotes, on one line. */
export function quoted(value: string, type: 'QUOTE_DOUBLE' | 'QUOTE_SINGLE'): string {
  return stringify(scalarOf(value, type), { ...oneLine, singleQuote: type === 'QUOTE_SINGLE' }).trimEnd()
}

const oneLine = { lineWidth: 0, blockQuote: false, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER } as const

function scalarOf(value: string, type: Scalar.Type | undefined): Scalar {
  const scalar = new Scalar(value)
  if (type !== undefined) scalar.type = type
  return scalar
}

/** The name of a property. */
export function keyText(name: string): string {
  return /^[\p{L}_][\p{L}\d_.-]*$|^\d+$/u.test(name) ? name : plainText(name)
}

/** A value within braces and brackets, on one line. */
export function inlineText(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(inlineText).join(', ')}]`
  if (typeof value !== 'object' || value === null) return inlineScalar(value)
  const entries = Object.entries(value).map(([name, child]) => `${inlineKey(name)}: ${inlineText(child)}`)
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}

function inlineKey(name: string): string {
  return /^[\p{L}_][\p{L}\d_.-]*$|^\d+$/u.test(name) ? name : quoted(name, 'QUOTE_DOUBLE')
}

function inlineScalar(value: Plain): string {
  const isSafe = typeof value !== 'string' || /^[\p{L}/._][\p{L}\d _./-]*$/u.test(value)
  const text = plainText(value)
  return isSafe && text === text.trim() ? text : quoted(String(value), 'QUOTE_DOUBLE')
}

/** A text as a literal block: what stands behind the name, and its lines; null where it can't be one. */
export function blockText(value: string, indent: number): { head: string; lines: string[] } | null {
  if (!value.includes('\n') || value.trim() === '' || !isPrintable(value)) return null
  const first = value.split('\n').find(line => line !== '')!
  if (first.startsWith('\t')) return null
  const needsIndent = first.startsWith(' ')
  const chomp = !value.endsWith('\n') ? '-' : value.endsWith('\n\n') ? '+' : ''
  const lines = value.split('\n')
  if (chomp !== '-') lines.pop()
  return { head: `|${needsIndent ? indent : ''}${chomp}`, lines }
}

function isPrintable(value: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is these that no block may hold
  return !/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff]|[\t ]$/.test(value)
}

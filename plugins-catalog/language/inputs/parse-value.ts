import { parseDuration } from '../durations'
import type { Json } from '../json'
import { matchesWhole } from '../regex-problem'
import { readYaml } from '../yaml/read-yaml'
import type { Input, InputOf, InputType } from './input'

/** A value as Kestra keeps it (a duration in seconds, JSON parsed), or why it is none, in words. */
export type ParsedValue = { ok: true; value: Json } | { ok: false; message: string }

type Parsers = { [Type in InputType]: (raw: Json, input: InputOf<Type>) => ParsedValue }

const good = (value: Json): ParsedValue => ({ ok: true, value })
const bad = (message: string): ParsedValue => ({ ok: false, message })

/** Reads a value given for an input, which may be text (a form, a query) or JSON. Choices by `expression` are checked by the caller. */
export function parseInputValue(input: Input, raw: Json): ParsedValue {
  const parse = parsers[input.type] as (raw: Json, input: Input) => ParsedValue
  return parse(raw, input)
}

/** Reads a value by type alone: an element of a list, or an output of a flow. */
export function parseByType(type: InputType, raw: Json): ParsedValue {
  const blank = { id: 'value', type, required: true, values: undefined, allowCustomValue: true, itemType: 'STRING' }
  return parseInputValue(blank as unknown as Input, raw)
}

const parsers: Parsers = {
  STRING: (raw, input) => validated(toText(raw), input.validator),
  SECRET: (raw, input) => secret(toText(raw), input.validator),
  INT: (raw, input) => inRange(toNumber(raw), Number.isSafeInteger, 'a whole number', raw, input),
  FLOAT: (raw, input) => inRange(toNumber(raw), Number.isFinite, 'a number', raw, input),
  BOOL: toBoolean,
  BOOLEAN: toBoolean,
  SELECT: (raw, input) => choice(toText(raw), input),
  ENUM: (raw, input) => choice(toText(raw), { ...input, allowCustomValue: false }),
  MULTISELECT: multiselect,
  ARRAY: (raw, input) => listOf(raw, input.itemType),
  DATETIME: dateTime,
  DATE: (raw, input) => between(toText(raw), isDate, 'a date such as 2030-12-31', input),
  TIME: (raw, input) => between(toText(raw), isTime, 'a time of day such as 18:30:00', input),
  DURATION: duration,
  FILE: file,
  JSON: json,
  YAML: yaml,
  URI: raw => (/^[a-z][a-z0-9+.-]*:./i.test(toText(raw)) ? good(raw) : bad(`${shown(raw)} is no URI with a scheme`)),
  EMAIL: raw =>
    /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(toText(raw)) ? good(raw) : bad(`${shown(raw)} is no e-mail address`),
}

function toText(raw: Json): string {
  return typeof raw === 'object' && raw !== null ? JSON.stringify(raw) : String(raw)
}

function toNumber(raw: Json): number {
  if (typeof raw === 'number') return raw
  return typeof raw === 'string' && raw.trim() !== '' ? Number(raw) : Number.NaN
}

function shown(raw: Json): string {
  const text = toText(raw)
  return `"${text.length > 60 ? `${text.slice(0, 60)}...` : text}"`
}

/** As Java's `Boolean.valueOf`: anything but `true` is false. */
function toBoolean(raw: Json): ParsedValue {
  return good(raw === true || toText(raw).toLowerCase() === 'true')
}

function validated(text: string, validator: string | undefined): ParsedValue {
  if (validator === undefined || matchesWhole(validator, text)) return good(text)
  return bad(`"${text}" doesn't match ${validator}`)
}

/** What is wrong with it is told without it. */
function secret(text: string, validator: string | undefined): ParsedValue {
  return validated(text, validator).ok ? good(text) : bad(`the value doesn't match ${validator}`)
}

function inRange(
  value: number,
  isKind: (value: number) => boolean,
  what: string,
  raw: Json,
  { min, max }: { min?: number; max?: number },
): ParsedValue {
  if (!isKind(value)) return bad(`${shown(raw)} is not ${what}`)
  if (min !== undefined && value < min) return bad(`${value} is less than ${min}`)
  if (max !== undefined && value > max) return bad(`${value} is more than ${max}`)
  return good(value)
}

type Choices = { values?: (string | { value: string })[]; allowCustomValue: boolean }

/** Values of a SELECT, without their labels. */
export function choiceValues(values: Choices['values']): string[] {
  return (values ?? []).map(value => (typeof value === 'string' ? value : value.value))
}

function choice(text: string, { values, allowCustomValue }: Choices): ParsedValue {
  const known = choiceValues(values)
  if (values === undefined || allowCustomValue || known.includes(text)) return good(text)
  return bad(`"${text}" is none of ${known.join(', ')}`)
}

function multiselect(raw: Json, input: InputOf<'MULTISELECT'>): ParsedValue {
  const parsed = listOf(raw, input.itemType)
  if (!parsed.ok) return parsed
  const wrong = (parsed.value as Json[]).map(item => choice(toText(item), input)).find(item => !item.ok)
  return wrong ?? parsed
}

function listOf(raw: Json, itemType: InputType): ParsedValue {
  const list = typeof raw === 'string' ? parseJson(raw) : raw
  if (!Array.isArray(list)) return bad(`${shown(raw)} is not a list; give a JSON list such as ["a", "b"]`)
  const items = list.map(item => parseByType(itemType, item))
  const index = items.findIndex(item => !item.ok)
  const wrong = items[index]
  if (wrong !== undefined && !wrong.ok) return bad(`item ${index + 1}: ${wrong.message}`)
  return good(items.map(item => (item.ok ? item.value : null)))
}

function dateTime(raw: Json, { after, before }: InputOf<'DATETIME'>): ParsedValue {
  const ms = instantMs(toText(raw))
  if (ms === null) return bad(`${shown(raw)} is not a date and time with a zone such as 2030-12-31T18:30:00Z`)
  const from = after === undefined ? null : instantMs(after)
  const until = before === undefined ? null : instantMs(before)
  if (from !== null && ms < from) return bad(`${shown(raw)} is before ${after}`)
  if (until !== null && ms > until) return bad(`${shown(raw)} is after ${before}`)
  return good(new Date(ms).toISOString().replace('.000Z', 'Z'))
}

function instantMs(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})(\[[^\]]+\])?$/.test(text)) return null
  const ms = Date.parse(text.replace(/\[.*\]$/, ''))
  return Number.isNaN(ms) ? null : ms
}

function isDate(text: string): boolean {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text)
}

function isTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?$/.test(text)
}

/** Dates and times of ISO-8601 compare as text. */
function between(
  text: string,
  isKind: (text: string) => boolean,
  what: string,
  { after, before }: { after?: string; before?: string },
): ParsedValue {
  if (!isKind(text)) return bad(`"${text}" is not ${what}`)
  if (after !== undefined && text < after) return bad(`${text} is before ${after}`)
  if (before !== undefined && text > before) return bad(`${text} is after ${before}`)
  return good(text)
}

function duration(raw: Json, { min, max }: InputOf<'DURATION'>): ParsedValue {
  const ms = parseDuration(raw)
  if (ms === null) return bad(`${shown(raw)} is not a duration such as PT30S, PT5M or P1D`)
  const least = min === undefined ? null : parseDuration(min)
  const most = max === undefined ? null : parseDuration(max)
  if (least !== null && ms < least) return bad(`${shown(raw)} is less than ${min}`)
  if (most !== null && ms > most) return bad(`${shown(raw)} is more than ${max}`)
  return good(ms / 1000)
}

function file(raw: Json, { allowedFileExtensions }: InputOf<'FILE'>): ParsedValue {
  const uri = toText(raw)
  if (!/^(kestra|file|nsfile):\/\//.test(uri))
    return bad(`${shown(raw)} is no file; its URI starts with kestra:///, nsfile:/// or file:///`)
  const wanted = allowedFileExtensions?.map(extension => `.${extension.replace(/^\./, '')}`)
  if (wanted === undefined || wanted.some(extension => uri.toLowerCase().endsWith(extension.toLowerCase())))
    return good(uri)
  return bad(`${shown(raw)} doesn't end in ${wanted.join(' or ')}`)
}

function json(raw: Json): ParsedValue {
  if (typeof raw !== 'string') return good(raw)
  const value = parseJson(raw)
  return value === undefined ? bad(`${shown(raw)} is not JSON`) : good(value)
}

function yaml(raw: Json): ParsedValue {
  if (typeof raw !== 'string') return good(raw)
  const { value, diagnostics } = readYaml(raw)
  const [problem] = diagnostics
  if (problem === undefined && value !== undefined) return good(value)
  return bad(`not YAML: ${problem?.message ?? 'the text is empty'}`)
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

import { isTimeZone, parseDuration } from '#language/durations'
import type { Json } from '#language/json'

export const kvTypes = ['STRING', 'NUMBER', 'BOOLEAN', 'DATETIME', 'DATE', 'DURATION', 'JSON'] as const
export type KvType = (typeof kvTypes)[number]

/** A rendered value as the type that a task names; undefined where it is none. */
export const converters: Record<KvType, (value: Json) => Json | undefined> = {
  STRING: value => (typeof value === 'string' ? value : JSON.stringify(value)),
  NUMBER: toNumber,
  BOOLEAN: value => ({ true: true, false: false })[String(value).trim().toLowerCase()],
  DATETIME: value => (isDateTime(String(value)) ? String(value) : undefined),
  DATE: value => (/^\d{4}-\d\d-\d\d$/.test(String(value)) && isDateTime(String(value)) ? String(value) : undefined),
  DURATION: value => (parseDuration(value) === null ? undefined : String(value)),
  JSON: value => (typeof value === 'string' ? parseJson(value) : value),
}

function toNumber(value: Json): Json | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

/** ISO-8601, with a zone's name in brackets as Java writes it. */
function isDateTime(text: string): boolean {
  const zone = /\[([^\]]+)\]$/.exec(text)
  return !Number.isNaN(Date.parse(text.replace(/\[[^\]]*\]$/, ''))) && (zone === null || isTimeZone(zone[1] ?? ''))
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

import { parseDuration } from '#language/durations'
import type { Json } from '#language/json'
import { AppError } from '../errors/app-error'
import type { KvType } from './kv'

const maxValueBytes = 1024 * 1024

/** What makes a value one of its type, and how it is written. */
const forms: Record<KvType, { fits(value: Json): boolean; form: string }> = {
  STRING: { fits: value => typeof value === 'string', form: 'a text' },
  NUMBER: { fits: value => typeof value === 'number', form: 'a number' },
  BOOLEAN: { fits: value => typeof value === 'boolean', form: 'true or false' },
  DATETIME: {
    fits: value =>
      isText(value, /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/) && isDate(value),
    form: 'a date and time as 2030-01-31T10:00:00Z',
  },
  DATE: { fits: value => isText(value, /^\d{4}-\d{2}-\d{2}$/) && isDate(value), form: 'a date as 2030-01-31' },
  DURATION: { fits: value => isText(value, /^-?P/i) && parseDuration(value) !== null, form: 'a duration as PT1H30M' },
  JSON: { fits: () => true, form: 'JSON' },
}

/** Refuses a value that is none of its type, or that no entry can hold. */
export function checkKvValue(type: KvType, value: Json): void {
  if (!forms[type].fits(value)) throw refused(`A ${type} is ${forms[type].form}`)
  const text = JSON.stringify(value)
  if (Buffer.byteLength(text) > maxValueBytes) {
    throw refused('A value has 1 MiB at most; keep larger ones as a file of the namespace')
  }
  if (text.includes('\\u0000')) throw refused('A value can hold no NUL characters')
}

/** The type of a value for which none is said. */
export function kvTypeOf(value: Json): KvType {
  const found = (['NUMBER', 'BOOLEAN', 'DATETIME', 'DATE', 'DURATION', 'STRING'] as const).find(type =>
    forms[type].fits(value),
  )
  return found ?? 'JSON'
}

function refused(message: string): AppError {
  return new AppError('INVALID', message, [{ path: 'value', message, code: 'INVALID_VALUE' }])
}

function isText(value: Json, form: RegExp): value is string {
  return typeof value === 'string' && form.test(value)
}

/** Of a form that is right: 31 February is none. */
function isDate(value: string): boolean {
  const date = new Date(value)
  if (Number.isNaN(date.getTime())) return false
  const day = value.slice(0, 10)
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day)
}

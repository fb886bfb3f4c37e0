import type { Json } from '#language/json'
import { formText } from '#text/form'
import { isFileUri } from './file-uri'

const maxText = 2000

/** A value's type in a word. */
export function kindOf(value: Json): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return formText.listOf(value.length)
  if (isFileUri(value)) return formText.file
  return typeof value
}

/** A value on its line: short texts whole, objects by their keys. */
export function summaryOf(value: Json): string {
  if (typeof value === 'string') return value.length > maxText ? `${value.slice(0, maxText)}…` : value
  if (Array.isArray(value)) return value.length === 0 ? '[]' : ''
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0 ? '{}' : ''
  return String(value)
}

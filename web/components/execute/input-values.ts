/** Between an input's form field and what is sent for it. Pure. */

import type { Input, InputOf } from '#language/inputs/input'
import type { Json } from '#language/json'
import { executeText } from '#text/execute'

/** What a field holds. `undefined`: nothing given. */
export type FieldValue = string | string[] | boolean | File | undefined

/** A default that only the server can compute. */
export function isTemplate(value: unknown): value is string {
  return typeof value === 'string' && value.includes('{{')
}

/** What the field shows first. */
export function initialValue(input: Input): FieldValue {
  const given = input.defaults ?? input.prefill
  if (given === undefined || given === null || isTemplate(given)) return firstChoice(input)
  switch (input.type) {
    case 'BOOL':
    case 'BOOLEAN':
      return String(given) === 'true'
    case 'ARRAY':
    case 'MULTISELECT':
      return listOf(given).map(textOf)
    case 'FILE':
      return undefined
    case 'JSON':
      return typeof given === 'string' ? given : JSON.stringify(given, null, 2)
    case 'DATETIME':
      return toLocalDateTime(textOf(given))
    default:
      return textOf(given)
  }
}

function firstChoice(input: Input): FieldValue {
  if (input.type === 'ARRAY' || input.type === 'MULTISELECT') return []
  if (input.type === 'SELECT' && input.autoSelectFirst) return choicesOf(input)[0]?.value
  return undefined
}

export type Choice = { label: string; value: string }

export function choicesOf(input: InputOf<'SELECT' | 'ENUM' | 'MULTISELECT'>): Choice[] {
  return (input.values ?? []).map(value => (typeof value === 'string' ? { label: value, value } : value))
}

/** What is sent; `problem` where the field holds nothing that could be. */
export type Sent = { value?: string | File; problem?: string }

export function sentValue(input: Input, value: FieldValue): Sent {
  if (isNothing(value)) {
    // An empty list is a value, where the default was not an expression.
    if (Array.isArray(value) && input.required && !isTemplate(input.defaults)) return { value: '[]' }
    return input.required && !hasDefault(input) ? { problem: executeText.isRequired } : {}
  }
  if (value instanceof File || typeof value === 'boolean')
    return { value: value instanceof File ? value : String(value) }
  if (Array.isArray(value))
    return sentList(input.type === 'ARRAY' || input.type === 'MULTISELECT' ? input.itemType : 'STRING', value)
  if (input.type === 'DATETIME') return { value: fromLocalDateTime(value) }
  if (input.type === 'JSON') return isJson(value) ? { value } : { problem: executeText.noJson }
  return { value }
}

/** The server has a value where none is sent. */
function hasDefault(input: Input): boolean {
  const takesFirst = (input.type === 'SELECT' || input.type === 'MULTISELECT') && input.autoSelectFirst
  return takesFirst || input.defaults !== undefined
}

/** What a field counts as while the form is filled in; null for nothing, and for what is no value yet. */
export function previewValue(input: Input, value: FieldValue): Json {
  if (value instanceof File) return `kestra:///${value.name}`
  const { value: sent } = sentValue(input, value)
  return typeof sent === 'string' ? sent : null
}

function isNothing(value: FieldValue): value is undefined | '' | [] {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}

function sentList(itemType: string, items: string[]): Sent {
  const values: Json[] = []
  for (const [index, item] of items.entries()) {
    const value = itemValue(itemType, item)
    if (value === undefined) return { problem: executeText.itemIsNo(index + 1, itemType) }
    values.push(value)
  }
  return { value: JSON.stringify(values) }
}

function itemValue(itemType: string, item: string): Json | undefined {
  if (itemType === 'INT' || itemType === 'FLOAT') {
    const number = Number(item)
    return item.trim() === '' || Number.isNaN(number) ? undefined : number
  }
  if (itemType === 'BOOL' || itemType === 'BOOLEAN')
    return item === 'true' ? true : item === 'false' ? false : undefined
  if (itemType === 'JSON') return isJson(item) ? (JSON.parse(item) as Json) : undefined
  return item
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function listOf(value: Json): Json[] {
  if (Array.isArray(value)) return value
  if (typeof value === 'string' && isJson(value)) {
    const parsed: Json = JSON.parse(value)
    if (Array.isArray(parsed)) return parsed
  }
  return [value]
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** An instant as the browser's field wants it: local time, no zone. */
function toLocalDateTime(instant: string): string {
  const date = new Date(instant)
  if (Number.isNaN(date.getTime())) return ''
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 19)
}

function fromLocalDateTime(local: string): string {
  const date = new Date(local)
  return Number.isNaN(date.getTime()) ? local : date.toISOString()
}

import type { Json } from '../../json'
import type { Bound } from '../callable'
import { Complaint } from '../errors'
import type { Budget } from '../limits'
import { isJsonObject, scalarText, typeName } from '../values'
import { weigh } from '../weigh'

/** An argument as a text; `fallback` where it wasn't given. */
export function textArgument(args: Bound, name: string, fallback?: string): string {
  const value = args.get(name) ?? null
  if (value === null && fallback !== undefined) return fallback
  if (value === null || typeof value === 'object') throw wrong(name, 'a text', value)
  return scalarText(value)
}

export function integerArgument(args: Bound, name: string, fallback?: number): number {
  const value = args.get(name) ?? null
  if (value === null && fallback !== undefined) return fallback
  if (typeof value !== 'number' || !Number.isInteger(value)) throw wrong(name, 'a whole number', value)
  return value
}

export function booleanArgument(args: Bound, name: string, fallback: boolean): boolean {
  const value = args.get(name) ?? fallback
  if (typeof value !== 'boolean') throw wrong(name, 'true or false', value)
  return value
}

/** The input of a filter that works on lists only. */
export function listInput(input: Json, filter: string): Json[] {
  if (!Array.isArray(input)) throw new Complaint(`\`${filter}\` takes a list, not ${typeName(input)}`)
  return input
}

/** The input of a filter that works on text; numbers and booleans count as text, lists and maps don't. */
export function textInput(input: Json, filter: string): string {
  if (input === null || typeof input === 'object')
    throw new Complaint(`\`${filter}\` takes a text, not ${typeName(input)}`)
  return scalarText(input)
}

/** Applies a change to every text in a value, as `replace` and `escapeChar` do; other scalars become text. */
export function mapTexts(input: Json, budget: Budget, change: (text: string) => string): Json {
  weigh(input, budget)
  return changeTexts(input, change)
}

function changeTexts(input: Json, change: (text: string) => string): Json {
  if (input === null) return null
  if (Array.isArray(input)) return input.map(item => changeTexts(item, change))
  if (isJsonObject(input))
    return Object.fromEntries(Object.entries(input).map(([key, item]) => [key, changeTexts(item, change)]))
  return change(scalarText(input))
}

function wrong(name: string, expected: string, value: Json): Complaint {
  return new Complaint(`The argument \`${name}\` must be ${expected}, not ${typeName(value)}`)
}

import { parseDocument, stringify } from 'yaml'
import type { Json } from '../json'
import { Complaint } from './errors'
import { isJsonObject } from './values'

/** Values deeper than this are a trick, not data. */
const deepest = 200

export function parseJson(text: string): Json {
  try {
    return checked(JSON.parse(text))
  } catch (error) {
    if (error instanceof Complaint) throw error
    throw new Complaint(`Invalid json: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** YAML 1.2 without custom tags; aliases are bounded, so that a short text can't grow into a huge value. */
export function parseYaml(text: string): Json {
  const document = parseDocument(text, { version: '1.2', customTags: [], logLevel: 'error' })
  const error = document.errors[0]
  if (error) throw new Complaint(`Invalid yaml: ${error.message}`)
  try {
    return checked(document.toJS({ maxAliasCount: 100 }))
  } catch (error) {
    if (error instanceof Complaint) throw error
    throw new Complaint(`Invalid yaml: ${error instanceof Error ? error.message : String(error)}`)
  }
}

export function toYaml(value: Json): string {
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false })
}

/** Only plain data, not too deep, no `__proto__`. */
function checked(value: unknown, depth = 0): Json {
  if (depth > deepest) throw new Complaint(`The value is nested more than ${deepest} levels deep`)
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value
  if (Array.isArray(value)) return value.map(item => checked(item, depth + 1))
  if (!isJsonObject(value)) throw new Complaint('The value holds something that is no plain data')
  if (Object.hasOwn(value, '__proto__')) throw new Complaint('`__proto__` is not allowed as a key')
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, checked(item, depth + 1)]))
}

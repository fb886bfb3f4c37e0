import { parseDocument, stringify } from 'yaml'
import type { Json, JsonObject } from '../json'
import { Complaint } from './errors'
import { entriesOf, isJsonObject } from './values'

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

/**
 * As Kestra lays it out: a list's dashes stand one column in, and what holds more than one thing begins below its dash.
 * @example toYaml({ a: ['x', { b: 1 }] }) // 'a:\n - x\n -\n  b: 1\n'
 */
export function toYaml(value: Json): string {
  return isBlock(value) ? yamlBlock(value, '') : scalarYaml(value)
}

type Block = Json[] | JsonObject

function isBlock(value: Json): value is Block {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0
}

function yamlBlock(block: Block, indent: string): string {
  if (Array.isArray(block)) return block.map(item => yamlItem(item, indent)).join('')
  return entriesOf(block)
    .map(([key, value]) => yamlEntry(key, value, indent))
    .join('')
}

function yamlItem(item: Json, indent: string): string {
  return isBlock(item) ? `${indent} -\n${yamlBlock(item, `${indent}  `)}` : ` ${indented(scalarYaml([item]), indent)}`
}

function yamlEntry(key: string, value: Json, indent: string): string {
  if (!isBlock(value)) return indented(scalarYaml({ [key]: value }), indent)
  const name = scalarYaml({ [key]: 0 }).replace(/ 0\n$/, '\n')
  return indent + name + yamlBlock(value, Array.isArray(value) ? indent : `${indent}  `)
}

function scalarYaml(value: Json): string {
  return stringify(value, { lineWidth: 0 })
}

function indented(text: string, indent: string): string {
  return text.replace(/^(?=.)/gm, indent)
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

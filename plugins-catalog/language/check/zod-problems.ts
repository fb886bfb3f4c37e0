import type { z } from 'zod'
import { holdsTemplate, isTemplate } from '../fields'
import { isJsonObject, type Json } from '../json'
import { nearest, suggestion } from '../nearest'
import type { Path, Problem } from './problem'
import { discriminatorWords, knownKeys, schemaAt } from './schema-at'

type Issue = z.core.$ZodIssue

type Options = {
  /** The value as written. */
  value: Json
  /** Where the value stands in the flow. */
  path: Path
  /** Values that hold templates are left to run time. */
  templates: boolean
}

/** What a schema finds wrong with a value, in the words of diagnostics. */
export function schemaProblems(schema: z.ZodType, options: Options): Problem[] {
  const result = schema.safeParse(options.value, { reportInput: true })
  if (result.success) return []
  return result.error.issues.flatMap(issue => issueProblems(issue, schema, options))
}

function issueProblems(issue: Issue, schema: z.ZodType, options: Options): Problem[] {
  const raw = rawAt(options.value, issue.path)
  if (options.templates && (raw.underTemplate || (issue.code === 'invalid_union' && holdsTemplate(raw.value))))
    return []
  const path = [...options.path, ...(issue.path as Path)]
  // What the schema saw: older names of properties are renamed by then.
  const seen = issue.input as Json | undefined
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schemaAt(schema, issue.path, options.value)) ?? []
    return issue.keys.map(key => unknownProperty(key, path, known))
  }
  if (issue.code === 'invalid_union') {
    const words = discriminatorWords(schemaAt(schema, issue.path.slice(0, -1), options.value))
    if (issue.errors.length === 0) return [wrongWord(seenWord(seen, issue.path), path, words)]
    return bestOption(issue.errors).flatMap(inner => {
      const deeper = { ...inner, path: [...issue.path, ...inner.path] } as Issue
      return issueProblems(deeper, schema, options)
    })
  }
  if (seen === undefined) return [missingProperty(path)]
  if (issue.code === 'invalid_value') return [wrongWord(seen, path, issue.values.map(String))]
  return [{ code: 'INVALID_VALUE', message: valueMessage(issue, seen), path }]
}

/** A union decided by a property reports the whole value it saw, at the path of the property. */
function seenWord(seen: Json | undefined, path: readonly PropertyKey[]): Json | undefined {
  const name = String(path.at(-1))
  return isJsonObject(seen) && Object.hasOwn(seen, name) ? seen[name] : isJsonObject(seen) ? undefined : seen
}

export function unknownProperty(key: string, path: Path, known: readonly string[]): Problem {
  const message = `"${key}" is not a property here${suggestion(nearest(key, known))}`
  return { code: 'UNKNOWN_PROPERTY', message, path: [...path, key], at: 'key' }
}

export function missingProperty(path: Path): Problem {
  return { code: 'MISSING_PROPERTY', message: `"${String(path.at(-1))}" is missing`, path }
}

function wrongWord(value: Json | undefined, path: Path, words: readonly string[]): Problem {
  if (value === undefined) return missingProperty(path)
  const written = typeof value === 'string' ? value : JSON.stringify(value)
  const near = nearest(written, words)
  const hint = near.length > 0 ? suggestion(near) : `; it takes ${words.join(', ')}`
  const property = path.findLast(part => typeof part === 'string') ?? ''
  return { code: 'INVALID_VALUE', message: `"${written}" is not known for "${property}"${hint}`, path }
}

/** Of the options of a union that don't fit, the one that fails deepest: it's the one that was meant. */
function bestOption(options: readonly Issue[][]): Issue[] {
  const depth = (issues: Issue[]) => Math.max(...issues.map(issue => issue.path.length))
  return options.reduce((best, issues) => (depth(issues) >= depth(best) ? issues : best))
}

function valueMessage(issue: Issue, value: Json | undefined): string {
  if (issue.code === 'invalid_type')
    return `expected ${kinds[issue.expected] ?? issue.expected}, got ${describe(value)}`
  if (issue.code === 'too_big') return `${bound('at most', Number(issue.maximum), issue.origin)}, got ${size(value)}`
  if (issue.code === 'too_small' && !hasOwnWords(issue.message))
    return `${bound('at least', Number(issue.minimum), issue.origin)}, got ${size(value)}`
  return issue.message
}

/** A schema that says more of its least value than zod does. */
function hasOwnWords(message: string): boolean {
  return !message.startsWith('Too small')
}

function bound(words: string, limit: number, origin: string): string {
  const unit = origin === 'string' ? ' characters' : origin === 'array' ? ' items' : ''
  return `takes ${words} ${limit}${unit}`
}

function size(value: Json | undefined): string {
  return typeof value === 'string' || Array.isArray(value) ? String(value.length) : String(value)
}

const kinds: Record<string, string> = {
  string: 'text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
}

function describe(value: Json | undefined): string {
  if (value === null) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a map'
  if (typeof value === 'string') return `text "${value.length > 40 ? `${value.slice(0, 40)}...` : value}"`
  return String(value)
}

function rawAt(value: Json, path: readonly PropertyKey[]): { value: Json | undefined; underTemplate: boolean } {
  let current: Json | undefined = value
  for (const part of path) {
    if (isTemplate(current)) return { value: current, underTemplate: true }
    if (typeof current !== 'object' || current === null) return { value: undefined, underTemplate: false }
    current = Object.hasOwn(current, part) ? (current as Record<PropertyKey, Json>)[part] : undefined
  }
  return { value: current, underTemplate: isTemplate(current) }
}

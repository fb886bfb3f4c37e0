import type { z } from 'zod'
import { holdsTemplate } from '#language/fields'
import { isJsonObject, type Json, type JsonObject } from '#language/json'

type Sources = {
  /** As written in the flow. */
  raw: JsonObject
  rendered: JsonObject
  /** Line of the task in its YAML; 0 or absent where it is not known. */
  line?: number
  /** Whose properties they are. */
  holder?: 'task' | 'trigger'
}

/** What is wrong with rendered properties: each with what it came to, the expression it came from, and the task's line. */
export function propertyProblems(
  issues: readonly z.core.$ZodIssue[],
  { raw, rendered, line, holder = 'task' }: Sources,
): string {
  const problems = issues.map(({ path, message }) => {
    const name = path.map(String).join('.') || holder
    return `${name}: ${message}${origin(valueAt(rendered, path), valueAt(raw, path))}`
  })
  const place = line === undefined || line === 0 ? '' : `; the task is in line ${line} of the flow`
  return `The ${holder}'s properties are not valid: ${problems.join('; ')}${place}`
}

function origin(value: Json | undefined, written: Json | undefined): string {
  if (value === undefined) return ''
  const from = holdsTemplate(written) ? `, which ${shown(written!)} came to` : ''
  return ` (it is ${shown(value)}${from})`
}

const longestShown = 200

function shown(value: Json): string {
  const text = JSON.stringify(value)
  return text.length > longestShown ? `${text.slice(0, longestShown)}...` : text
}

/** The value at a path; of a text on the way, that text, since it held the rest. */
function valueAt(value: Json, path: readonly PropertyKey[]): Json | undefined {
  let at: Json | undefined = value
  for (const key of path) {
    if (typeof at === 'string') return at
    if (Array.isArray(at)) at = at[Number(key)]
    else at = isJsonObject(at) && Object.hasOwn(at, key) ? at[String(key)] : undefined
  }
  return at
}

import { TaskError } from '#language/define-plugin'
import type { Json } from '#language/json'

/** URIs given as a list (of lists), as JSON text of one, or as one URI; empty ones are left out. */
export function readUris(value: Json, property: string): string[] {
  if (value === null) return []
  if (Array.isArray(value)) return value.flatMap(item => readUris(item, property))
  if (typeof value === 'object') return Object.values(value).flatMap(item => readUris(item, property))
  const text = String(value).trim()
  if (text === '') return []
  if (!/^[[{]/.test(text)) return [text]
  try {
    return readUris(JSON.parse(text), property)
  } catch (error) {
    throw new TaskError(`${property}: the text is neither a URI nor JSON of a list of them`, { cause: error })
  }
}

import picomatch from 'picomatch'
import { TaskError } from '#language/define-plugin'
import type { Json } from '#language/json'

/** Patterns as a list, one text, or JSON text of a list. */
export function readPatterns(value: Json): string[] {
  if (value === null) return []
  if (typeof value === 'string') return value.trim().startsWith('[') ? readPatterns(parse(value)) : [value]
  if (Array.isArray(value) && value.every(item => typeof item === 'string')) return value
  throw new TaskError('files must be a text or a list of texts')
}

/** Whether a path matches one of the globs; a leading slash counts for nothing, in both. */
export function createMatcher(patterns: string[]): (path: string) => boolean {
  const matchers = patterns.map(pattern => picomatch(pattern.replace(/^\/+/, ''), { dot: true }))
  return path => matchers.some(isMatch => isMatch(path.replace(/^\/+/, '')))
}

function parse(text: string): Json {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new TaskError('files: the text is no JSON list', { cause: error })
  }
}

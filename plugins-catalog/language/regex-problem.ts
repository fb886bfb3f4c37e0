import { RE2JS } from 're2js'

/** What is wrong with a regular expression, in words. */
export function regexProblem(pattern: string): string | null {
  try {
    RE2JS.compile(pattern)
    return null
  } catch (error) {
    return `not a regular expression: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** Whether a valid regular expression matches a text from its beginning to its end. */
export function matchesWhole(pattern: string, text: string): boolean {
  return RE2JS.matches(pattern, text)
}

import { RE2JS } from 're2js'
import { TaskError } from '#language/define-plugin'

/** Whether a whole path matches a pattern of a flow; run in linear time. Without one, each does. */
export function wholeMatch(pattern: string | undefined, property: string): (path: string) => boolean {
  if (pattern === undefined) return () => true
  try {
    const compiled = RE2JS.compile(pattern)
    return path => compiled.matches(path)
  } catch (error) {
    throw new TaskError(`${property}: ${JSON.stringify(pattern)} is no regular expression: ${(error as Error).message}`)
  }
}

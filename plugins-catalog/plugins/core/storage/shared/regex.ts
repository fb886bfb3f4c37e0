import { RE2JS } from 're2js'
import { TaskError } from '#language/define-plugin'

/** A pattern of a flow, run in linear time: what its first group matches in a line, or null. */
export function compileRegex(pattern: string): (line: string) => string | null {
  const compiled = compile(pattern)
  return line => {
    const matcher = compiled.matcher(line)
    if (!matcher.find()) return null
    return matcher.groupCount() > 0 ? (matcher.group(1) ?? '') : (matcher.group() ?? '')
  }
}

function compile(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern)
  } catch (error) {
    throw new TaskError(`${JSON.stringify(pattern)} is no regular expression: ${(error as Error).message}`)
  }
}

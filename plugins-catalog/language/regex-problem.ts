import { RE2JS } from 're2js'

/** What is wrong with a regular expression, in words. */
export function regexProblem(pattern: string): string | null {
  return problemOf(() => RE2JS.compile(pattern))
}

/** What is wrong with one that a whole text must match. */
export function wholeRegexProblem(pattern: string): string | null {
  return problemOf(() => compileWhole(pattern))
}

/** Whether a valid regular expression matches a text from its beginning to its end. */
export function matchesWhole(pattern: string, text: string): boolean {
  const { looks, rest } = compileWhole(pattern)
  return looks.every(({ ahead, isWanted }) => ahead.matcher(text).lookingAt() === isWanted) && rest.matches(text)
}

function problemOf(compile: () => unknown): string | null {
  try {
    compile()
    return null
  } catch (error) {
    return `not a regular expression: ${error instanceof Error ? error.message : String(error)}`
  }
}

type Whole = { looks: { ahead: RE2JS; isWanted: boolean }[]; rest: RE2JS }

/**
 * RE2, which answers in time whatever the pattern, has no lookaheads. Those at the beginning, as passwords are checked
 * with them (`(?=.*[A-Z])(?=.*\d).{8,}`), are patterns of their own that the text must begin with, or must not.
 */
function compileWhole(pattern: string): Whole {
  const looks: Whole['looks'] = []
  let rest = pattern.replace(/^\^(?=\(\?[=!])/, '')
  while (/^\(\?[=!]/.test(rest)) {
    const end = groupEnd(rest)
    if (end === undefined) break
    looks.push({ ahead: RE2JS.compile(rest.slice(3, end)), isWanted: rest[2] === '=' })
    rest = rest.slice(end + 1)
  }
  const isOneBranch = looks.length === 0 || !hasBranches(rest)
  return isOneBranch ? { looks, rest: RE2JS.compile(rest) } : { looks: [], rest: RE2JS.compile(pattern) }
}

/** Where the group that a pattern begins with is closed. */
function groupEnd(pattern: string): number | undefined {
  return signs(pattern).find(({ sign, depth }) => sign === ')' && depth === 0)?.index
}

function hasBranches(pattern: string): boolean {
  return signs(pattern).some(({ sign, depth }) => sign === '|' && depth === 0)
}

/** Brackets and bars that mean something, with how deep in groups they stand: not `\(`, nor those in a class. */
function signs(pattern: string): { sign: string; index: number; depth: number }[] {
  let depth = 0
  return [...pattern.matchAll(/\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]/gs)].flatMap(({ 0: sign, index }) => {
    if (sign.length > 1) return []
    if (sign === ')') depth -= 1
    const found = { sign, index, depth }
    if (sign === '(') depth += 1
    return [found]
  })
}

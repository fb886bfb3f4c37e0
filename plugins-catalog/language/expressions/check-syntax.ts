import { nearest } from '../nearest'
import type { Callable } from './callable'
import { TemplateSyntaxError } from './errors'
import { filters } from './filters'
import { type CallUse, findUses } from './find-uses'
import { functions } from './functions'
import { parse } from './parse'
import { tests } from './tests'

export type SyntaxProblem = {
  code: 'EXPRESSION_SYNTAX' | 'UNKNOWN_FUNCTION' | 'UNKNOWN_FILTER'
  message: string
  /** Within the template; line and column from 1. */
  offset: number
  line: number
  column: number
  /** The known name most like the unknown one. */
  nearest?: string
}

type Known = { code: SyntaxProblem['code']; names: ReadonlyMap<string, Callable> }

const known: Record<CallUse['kind'], Known> = {
  function: { code: 'UNKNOWN_FUNCTION', names: functions },
  filter: { code: 'UNKNOWN_FILTER', names: filters },
  test: { code: 'EXPRESSION_SYNTAX', names: tests },
}

/** What is wrong with a template before it runs: its syntax, or names of functions, filters and tests. */
export function checkSyntax(source: string): SyntaxProblem[] {
  if (!source.includes('{')) return []
  try {
    return findUses(parse(source)).calls.flatMap(unknownName)
  } catch (error) {
    if (!(error instanceof TemplateSyntaxError)) throw error
    return [{ code: 'EXPRESSION_SYNTAX', message: error.reason, ...error.at }]
  }
}

function unknownName({ kind, name, at }: CallUse): SyntaxProblem[] {
  const { code, names } = known[kind]
  if (names.has(name)) return []
  const [near] = nearest(name, names.keys(), 1)
  return [{ code, message: `Unknown ${kind} \`${name}\``, ...at, ...(near ? { nearest: near } : {}) }]
}

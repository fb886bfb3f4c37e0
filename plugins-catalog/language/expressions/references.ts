import { filters } from './filters'
import { type CallUse, findUses, type VariableReference } from './find-uses'
import { functions } from './functions'
import { parse } from './parse'
import { ExpressionError } from './types'

export type { VariableReference }

export type References = {
  variables: VariableReference[]
  functions: string[]
  filters: string[]
  /** Needs a secret, file, key, the network or jq; or renders a text known only at run time, which may need them. */
  impure: boolean
}

const rendersText = new Set(['render', 'renderOnce'])

/**
 * What a template reads and calls, without evaluating it. A template with a syntax error reads nothing.
 * @example references('{{ outputs.extract.uri }}').variables[0].path // ['outputs', 'extract', 'uri']
 */
export function references(source: string): References {
  const none: References = { variables: [], functions: [], filters: [], impure: false }
  if (!source.includes('{')) return none
  try {
    const { variables, calls } = findUses(parse(source))
    const called = [...new Set(calls.filter(({ kind }) => kind === 'function').map(({ name }) => name))]
    const applied = [...new Set(calls.filter(({ kind }) => kind === 'filter').map(({ name }) => name))]
    const impure =
      called.some(name => rendersText.has(name) || functions.get(name)?.impure === true) ||
      applied.some(name => filters.get(name)?.impure === true)
    return { variables: [...variables, ...calls.flatMap(readByItself)], functions: called, filters: applied, impure }
  } catch (error) {
    if (error instanceof ExpressionError) return none
    throw error
  }
}

/** What a function reads beside its arguments. Never an error: where it is missing, the function copes. */
function readByItself({ kind, name, at }: CallUse): VariableReference[] {
  const reads = kind === 'function' ? (functions.get(name)?.reads ?? []) : []
  return reads.map(variable => ({ path: [variable], line: at.line, column: at.column, optional: true }))
}

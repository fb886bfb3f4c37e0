import type { Json } from '../json'
import type { Budget } from './limits'
import type { CallArguments, Env, Scope } from './types'

/** Arguments by parameter name, and in order for those that take any number. */
export type Bound = { get(name: string): Json | undefined; all: Json[] }

/** What a filter, function or test may use beside its arguments. */
export type CallContext = {
  readonly scope: Scope
  env: Env
  budget: Budget
  /** Renders a text with the same variables, within the same budget. */
  render(template: string): string | null
  /** Asks the world; see `Env.call`. */
  ask(name: string, args: CallArguments): Json
}

type Documented = {
  /** In order; a trailing `?` marks an optional one, a leading `...` any number. */
  parameters?: readonly string[]
  description: string
  /** A template, then what it gives, separated by ` -> `; run by the tests. */
  example: string
  /** Variables it reads by itself, which its arguments don't show. */
  reads?: readonly string[]
  /** Steps of one call, where it is dear and does not pay by the size of its input. */
  cost?: number
  /** Its answer needs the world: a secret, a file, the network. */
  impure?: true
}

export type Filter = Documented & { apply(input: Json, args: Bound, context: CallContext): Json }
export type Test = Documented & { apply(input: Json, args: Bound, context: CallContext): boolean }
export type ExpressionFunction = Documented & { call(args: Bound, context: CallContext): Json }
export type Callable = Filter | Test | ExpressionFunction

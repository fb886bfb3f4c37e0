import type { Json, JsonObject } from '../json'
import { isJsonObject } from '../json'
import { renderTemplate } from './evaluate-template'
import { Budget } from './limits'
import { StringOutput, TypedOutput } from './output'
import { parse } from './parse'
import { type Env, ExpressionError, type Scope } from './types'
import { entriesOf, scalarText } from './values'

/**
 * A template as text, as Kestra renders it: maps and lists print as JSON, null prints nothing, and a template that
 * prints nothing at all is null. One pass: what it prints is never rendered again.
 * @example renderString('Hi {{ inputs.name }}', { inputs: { name: 'Ann' } }, env) // 'Hi Ann'
 */
export function renderString(template: string, scope: Scope, env: Env): string | null {
  return stringOf(template, { scope, env, budget: new Budget() })
}

/**
 * A template as a value: a lone `{{ }}` keeps its type, scalars with text around become one text.
 * @example renderTyped('{{ inputs.n + 1 }}', { inputs: { n: 1 } }, env) // 2
 */
export function renderTyped(template: string, scope: Scope, env: Env): Json {
  return typedOf(template, { scope, env, budget: new Budget() })
}

type DeepOptions = {
  typed?: boolean
  /** What this rendering may spend; the usual limits if absent. */
  budget?: Budget
}

/** Every string in a value, keys too, in one budget; of two keys that render alike the first wins, as in Kestra. */
export function renderDeep(value: Json, scope: Scope, env: Env, options: DeepOptions = {}): Json {
  return deepOf(value, options.typed ? typedOf : stringOf, { scope, env, budget: options.budget ?? new Budget() })
}

type Context = { scope: Scope; env: Env; budget: Budget }

function stringOf(template: string, context: Context): string | null {
  if (!template.includes('{')) return template
  const output = new StringOutput(context.budget)
  renderTemplate(parse(template), context, output)
  return output.value
}

function typedOf(template: string, context: Context): Json {
  if (!template.includes('{')) return template
  const output = new TypedOutput(context.budget)
  renderTemplate(parse(template), context, output)
  return output.value
}

function deepOf(value: Json, render: (template: string, context: Context) => Json, context: Context): Json {
  if (typeof value === 'string') return render(value, context)
  if (Array.isArray(value)) return value.map(item => deepOf(item, render, context))
  if (!isJsonObject(value)) return value
  const rendered: JsonObject = {}
  for (const [key, item] of entriesOf(value)) {
    const name = stringOf(key, context) ?? ''
    if (name === '__proto__') throw new ExpressionError('`__proto__` is not allowed as a key', key, 1)
    if (!Object.hasOwn(rendered, name)) rendered[name] = deepOf(item, render, context)
  }
  return rendered
}

/** What `runIf`, `If` and their like make of a rendered value: false is `false`, `0`, `-0`, empty or null. */
export function isTruthy(rendered: Json | null | undefined): boolean {
  if (rendered === null || rendered === undefined) return false
  if (typeof rendered === 'object') return true
  return !['false', '0', '-0', ''].includes(scalarText(rendered).trim())
}

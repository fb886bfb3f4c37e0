import { PendingCall } from './expressions/types'
import { holdsTemplate } from './fields'
import type { Input, InputOf } from './inputs/input'
import { choiceValues, parseInputValue } from './inputs/parse-value'
import type { Json, JsonObject } from './json'

export { Input, type InputOf, Inputs, type InputType, inputTypes } from './inputs/input'
export { type ParsedValue, parseByType, parseInputValue } from './inputs/parse-value'
export { hasSecretInput, type Sealing, sealGiven, sealInputs, secretTexts } from './inputs/seal-inputs'

export type ResolveOptions = {
  /**
   * Renders a value's templates, typed: a lone `{{ x }}` keeps its type. `scope` holds the inputs resolved so far.
   * Throws `PendingCall` for a call that needs the world; it ends the whole, which is then asked again.
   */
  render(template: Json, scope: { inputs: JsonObject }): Json
  /** Leaves out a required input that has no value, where nobody was asked for one. */
  mayMiss?: boolean
}

export type ResolvedInputs = {
  /** Nested by the dots of their ids. A SECRET's value is as given: the caller encrypts it. */
  values: JsonObject
  /** Ids of inputs whose dependencies are met. */
  enabled: string[]
  problems: { input: string; message: string }[]
}

/** How an input stands while a form is filled in. */
export type InputPreview = {
  id: string
  /** Whether it is asked for, with what was given so far. */
  isEnabled: boolean
  /** Of a SELECT or MULTISELECT, its expression rendered. */
  choices?: Choices
  /** What it becomes, where nothing was given; null for nothing. */
  fallback: Json
}
type Choices = NonNullable<InputOf<'SELECT'>['values']>

type Resolution = ResolvedInputs & {
  /** Of inputs that have some, by id. */
  choices: Map<string, Choices>
  /** Defaults, rendered, by id. */
  fallbacks: Map<string, Json>
  inputs: Map<string, Input>
  given: { readonly [id: string]: unknown }
  options: ResolveOptions
  done: Map<string, Json>
  open: Set<string>
  missing: Set<string>
}

/** Values of a flow's inputs (or of a Pause's) from what was given: parsed, checked, defaults filled in. Unknown ids are ignored. */
export function resolveInputs(
  inputs: readonly Input[],
  given: { readonly [id: string]: unknown },
  options: ResolveOptions,
): ResolvedInputs {
  const { values, enabled, problems } = resolveAll(inputs, given, options)
  return { values, enabled, problems }
}

/** What to ask for, after what was given so far; the same rules as `resolveInputs`. */
export function previewInputs(
  inputs: readonly Input[],
  given: { readonly [id: string]: unknown },
  options: ResolveOptions,
): InputPreview[] {
  const { enabled, choices, fallbacks } = resolveAll(inputs, given, options)
  return inputs.map(({ id }) => ({
    id,
    isEnabled: enabled.includes(id),
    ...(choices.has(id) ? { choices: choices.get(id)! } : {}),
    fallback: fallbacks.get(id) ?? null,
  }))
}

function resolveAll(
  inputs: readonly Input[],
  given: { readonly [id: string]: unknown },
  options: ResolveOptions,
): Resolution {
  const resolution: Resolution = {
    values: {},
    enabled: [],
    problems: [],
    choices: new Map(),
    fallbacks: new Map(),
    inputs: new Map(inputs.map(input => [input.id, input])),
    given,
    options,
    done: new Map(),
    open: new Set(),
    missing: new Set(),
  }
  for (const input of inputs) resolve(resolution, input)
  for (const { id } of inputs) {
    const isLeftOut = options.mayMiss === true && resolution.missing.has(id)
    if (resolution.enabled.includes(id) && !isLeftOut) setNested(resolution.values, id, resolution.done.get(id) ?? null)
  }
  return resolution
}

function resolve(resolution: Resolution, input: Input): void {
  const { done, open } = resolution
  if (done.has(input.id) || open.has(input.id)) return
  open.add(input.id)
  for (const id of [input.form?.dependsOn, input.dependsOn].flatMap(dependsOn => dependsOn?.inputs ?? [])) {
    const other = resolution.inputs.get(id)
    if (other !== undefined) resolve(resolution, other)
  }
  open.delete(input.id)
  done.set(input.id, null)
  try {
    if (!isEnabled(resolution, input)) return
    resolution.enabled.push(input.id)
    done.set(input.id, inputValue(resolution, input))
  } catch (error) {
    // Whoever can answer the call resolves again, with the answer.
    if (error instanceof PendingCall) throw error
    problem(resolution, input, error instanceof Error ? error.message : String(error))
  }
}

/** An input of a form needs what the form needs, too. */
function isEnabled(resolution: Resolution, { form, dependsOn }: Input): boolean {
  return isMet(resolution, form?.dependsOn) && isMet(resolution, dependsOn)
}

/** Every input it depends on is enabled and has a value, and its condition holds. */
function isMet(resolution: Resolution, dependsOn: Input['dependsOn']): boolean {
  if (dependsOn === undefined) return true
  const met = dependsOn.inputs.every(
    id => resolution.enabled.includes(id) && (resolution.done.get(id) ?? null) !== null,
  )
  if (!met || dependsOn.condition === undefined) return met
  const result = resolution.options.render(dependsOn.condition, scopeOf(resolution))
  return result === true || result === 'true'
}

function inputValue(resolution: Resolution, written: Input): Json {
  const input = withRenderedChoices(resolution, written)
  const raw = givenValue(resolution, input) ?? fallbackOf(resolution, input)
  if (raw === undefined || raw === null) {
    if (input.required) miss(resolution, input)
    return null
  }
  const parsed = parseInputValue(input, raw)
  if (parsed.ok) return parsed.value
  problem(resolution, input, parsed.message)
  return null
}

/** An empty field of a form is no value, except for text. */
function givenValue({ given }: Resolution, input: Input): Json | undefined {
  const value = Object.hasOwn(given, input.id) ? given[input.id] : nestedValue(given, input.id)
  const isText = input.type === 'STRING' || input.type === 'SECRET'
  return value === undefined || value === null || (value === '' && !isText) ? undefined : (value as Json)
}

/** Rendered only where nothing is given: it may fail, or need a secret. */
function fallbackOf(resolution: Resolution, input: Input): Json | undefined {
  const value = defaultValue(resolution, input)
  if (value !== undefined) resolution.fallbacks.set(input.id, value)
  return value
}

function defaultValue(resolution: Resolution, input: Input): Json | undefined {
  if (input.defaults !== undefined) {
    return holdsTemplate(input.defaults)
      ? resolution.options.render(input.defaults, scopeOf(resolution))
      : input.defaults
  }
  if ((input.type === 'SELECT' || input.type === 'MULTISELECT') && input.autoSelectFirst) {
    const first = choiceValues(input.values)[0]
    return input.type === 'SELECT' || first === undefined ? first : [first]
  }
  return undefined
}

/** Choices may come from an expression over other inputs. */
function withRenderedChoices(resolution: Resolution, input: Input): Input {
  if (input.type !== 'SELECT' && input.type !== 'MULTISELECT') return input
  if (input.expression === undefined) {
    if (input.values !== undefined) resolution.choices.set(input.id, input.values)
    return input
  }
  const rendered = resolution.options.render(input.expression, scopeOf(resolution))
  const list = typeof rendered === 'string' ? listFromText(rendered) : rendered
  if (!Array.isArray(list)) throw new Error(`the expression for its values gives no list: ${input.expression}`)
  const values = list.map(toChoice)
  resolution.choices.set(input.id, values)
  return { ...input, values }
}

/** A text, or a map with a label and a value; anything else is its JSON. */
function toChoice(value: unknown): Choices[number] {
  if (typeof value === 'string') return value
  const { label, value: own } = (value ?? {}) as { label?: unknown; value?: unknown }
  if (label !== undefined && own !== undefined) return { label: String(label), value: String(own) }
  return JSON.stringify(value)
}

function listFromText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function scopeOf(resolution: Resolution): { inputs: JsonObject } {
  const inputs: JsonObject = {}
  for (const [id, value] of resolution.done) setNested(inputs, id, value)
  return { inputs }
}

function miss(resolution: Resolution, input: Input): void {
  resolution.missing.add(input.id)
  if (resolution.options.mayMiss !== true) problem(resolution, input, `Missing required input:${input.id}`)
}

function problem(resolution: Resolution, input: Input, message: string): void {
  resolution.problems.push({ input: input.id, message })
}

/** `a.b` sets `{ a: { b } }`. Own properties only: an id such as `constructor.x` meets no prototype. */
function setNested(target: JsonObject, id: string, value: Json): void {
  const parts = id.split('.')
  const last = parts.pop()!
  let holder = target
  for (const part of parts) {
    const existing = Object.hasOwn(holder, part) ? holder[part] : undefined
    const next: JsonObject =
      typeof existing === 'object' && existing !== null && !Array.isArray(existing) ? existing : {}
    define(holder, part, next)
    holder = next
  }
  define(holder, last, value)
}

function define(holder: JsonObject, name: string, value: Json): void {
  Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true })
}

function nestedValue(given: { readonly [id: string]: unknown }, id: string): unknown {
  let value: unknown = given
  for (const part of id.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    value = (value as Record<string, unknown>)[part]
  }
  return value
}

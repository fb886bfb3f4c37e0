import { references } from '../expressions/references'
import { isTemplate } from '../fields'
import { type Input, Inputs } from '../inputs/input'
import { parseInputValue } from '../inputs/parse-value'
import { isJsonObject, type Json, type JsonObject } from '../json'
import { nearest, suggestion } from '../nearest'
import { wholeRegexProblem } from '../regex-problem'
import { findCycles } from './find-cycle'
import { kindOf } from './placed-tasks'
import type { Path, Problem } from './problem'
import type { Check } from './subject'

type Placed = { input: Input; path: Path }

/** Inputs depend on inputs that exist, not in a circle; defaults, bounds and validators are possible. */
export const checkInputs: Check = ({ flow, tasks }) => [
  ...checkList(flow.inputs, ['inputs']),
  ...tasks
    .filter(task => kindOf(task) === 'Pause')
    .flatMap(({ task, path }) => checkList(task.onResume, [...path, 'onResume'])),
]

function checkList(inputs: Json | undefined, path: Path): Problem[] {
  const placed = placeInputs(inputs, path)
  return [
    ...placed.flatMap(each => [
      ...checkDefaults(each),
      ...checkValidator(each),
      ...checkChoices(each),
      ...checkBounds(each),
    ]),
    ...checkDependencies(placed),
    ...checkReads(placed),
    ...checkNesting(placed),
  ]
}

function placeInputs(inputs: Json | undefined, path: Path): Placed[] {
  return (Array.isArray(inputs) ? inputs : []).flatMap((written, index): Placed[] => {
    const parsed = isJsonObject(written) ? Inputs.safeParse([written]) : undefined
    if (parsed?.success !== true) return []
    return parsed.data.map((input, child) => ({
      input,
      path: input.form === undefined ? [...path, index] : [...path, index, 'inputs', child],
    }))
  })
}

function checkDependencies(placed: Placed[]): Problem[] {
  const ids = placed.map(({ input }) => input.id)
  const unknown = placed.flatMap(({ input, path }) =>
    (input.dependsOn?.inputs ?? []).flatMap((id, index): Problem[] => {
      if (ids.includes(id)) return []
      const sibling = `${input.form?.id}.${id}`
      const near = ids.includes(sibling) ? [sibling] : nearest(id, ids)
      const message = `no input is called "${id}"${suggestion(near)}`
      return [{ code: 'INVALID_VALUE', message, path: [...path, 'dependsOn', 'inputs', index] }]
    }),
  )
  const needs = ({ dependsOn, form }: Input) => [dependsOn, form?.dependsOn].flatMap(each => each?.inputs ?? [])
  const cycles = findCycles(new Map(placed.map(({ input }) => [input.id, needs(input)])))
  return [...unknown, ...cycles.flatMap(cycle => cycleProblem(cycle, placed))]
}

function cycleProblem(cycle: string[], placed: Placed[]): Problem[] {
  const first = placed.find(({ input }) => input.id === cycle[0])
  const message = `inputs depend on each other: ${cycle.join(' -> ')}`
  return first === undefined ? [] : [{ code: 'CYCLE', message, path: [...first.path, 'dependsOn'] }]
}

/** Inputs are resolved in order: what one reads of a later one, or of itself, it must name in `dependsOn`. */
function checkReads(placed: Placed[]): Problem[] {
  const ids = placed.map(({ input }) => input.id)
  return placed.flatMap(({ input, path }, index) => {
    const early = new Set([...ids.slice(0, index), ...(input.dependsOn?.inputs ?? [])])
    const texts = ['defaults' as const, 'expression' as const].map(name => [name, (input as JsonObject)[name]] as const)
    return texts.flatMap(([name, text]) =>
      isTemplate(text) ? readsTooEarly(text, ids, early).map(id => tooEarly(id, input.id, [...path, name])) : [],
    )
  })
}

function readsTooEarly(text: string, ids: string[], early: Set<string>): string[] {
  const read = references(text)
    .variables.filter(({ path: [root] }) => root === 'inputs')
    .map(({ path }) => ids.find(id => path.slice(1).join('.').startsWith(id)))
  return [...new Set(read)].filter(id => id !== undefined && !early.has(id)) as string[]
}

function tooEarly(id: string, reader: string, path: Path): Problem {
  const advice = id === reader ? "an input can't read itself" : `add it to "dependsOn.inputs" of "${reader}"`
  return {
    code: 'TASK_NOT_BEFORE',
    severity: 'warning',
    message: `input "${id}" has no value yet here; ${advice}`,
    path,
  }
}

/** `a` and `a.b`: the second makes `a` a map. */
function checkNesting(placed: Placed[]): Problem[] {
  const ids = new Set(placed.map(({ input }) => input.id))
  return placed.flatMap(({ input, path }): Problem[] => {
    const parts = input.id.split('.')
    const holder = parts.map((_, index) => parts.slice(0, index).join('.')).find(id => ids.has(id))
    if (holder === undefined) return []
    const message = `input "${input.id}" lies within input "${holder}", whose value it replaces; rename one`
    return [{ code: 'DUPLICATE_ID', severity: 'warning', message, path: [...path, 'id'] }]
  })
}

/** Bounds are values of the type, and leave some between them. */
function checkBounds({ input, path }: Placed): Problem[] {
  const names = [['min', 'max'] as const, ['after', 'before'] as const]
  return names.flatMap(([low, high]): Problem[] => {
    const written = input as JsonObject
    const bounds = [low, high].filter(name => written[name] !== undefined)
    const unbounded = { ...input, ...Object.fromEntries(bounds.map(name => [name, undefined])) } as Input
    const wrong = bounds.flatMap((name): Problem[] => {
      const parsed = parseInputValue(unbounded, written[name] ?? null)
      return parsed.ok ? [] : [{ code: 'INVALID_VALUE', message: parsed.message, path: [...path, name] }]
    })
    if (wrong.length > 0 || bounds.length < 2) return wrong
    const open = { ...unbounded, [low]: written[low] } as Input
    if (parseInputValue(open, written[high] ?? null).ok) return []
    const message = `no value fits: "${low}" (${written[low]}) is beyond "${high}" (${written[high]})`
    return [{ code: 'INVALID_VALUE', message, path: [...path, low] }]
  })
}

function checkDefaults({ input, path }: Placed): Problem[] {
  const { defaults, prefill } = input
  if (defaults === undefined) return []
  const problems: Problem[] = []
  const place = [...path, 'defaults']
  if (!input.required) {
    const message = 'an input with "defaults" always has a value; drop "required: false"'
    problems.push({ code: 'INVALID_VALUE', message, path: place })
  }
  if (prefill !== undefined) {
    problems.push({
      code: 'INVALID_VALUE',
      message: '"prefill" and "defaults" exclude each other',
      path: [...path, 'prefill'],
    })
  }
  if (isTemplate(defaults)) return problems
  const parsed = parseInputValue(input, defaults)
  if (!parsed.ok) problems.push({ code: 'INVALID_VALUE', message: parsed.message, path: place })
  return problems
}

function checkValidator({ input, path }: Placed): Problem[] {
  if (!('validator' in input) || input.validator === undefined) return []
  const message = wholeRegexProblem(input.validator)
  return message === null ? [] : [{ code: 'INVALID_VALUE', message, path: [...path, 'validator'] }]
}

function checkChoices({ input, path }: Placed): Problem[] {
  if (input.type !== 'SELECT' && input.type !== 'MULTISELECT') return []
  const isEmpty = input.values === undefined && input.expression === undefined
  return isEmpty
    ? [{ code: 'MISSING_PROPERTY', message: 'needs "values" or an "expression" for them', path: [...path, 'values'] }]
    : []
}

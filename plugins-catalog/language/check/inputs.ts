import { RE2JS } from 're2js'
import { isTemplate } from '../fields'
import { Input } from '../inputs/input'
import { parseInputValue } from '../inputs/parse-value'
import { isJsonObject } from '../json'
import { nearest, suggestion } from '../nearest'
import { findCycle } from './find-cycle'
import type { Path, Problem } from './problem'
import type { Check } from './subject'

type Placed = { input: Input; path: Path }

/** Inputs depend on inputs that exist, not in a circle; defaults and validators are possible. */
export const checkInputs: Check = ({ flow }) => {
  const placed = (Array.isArray(flow.inputs) ? flow.inputs : []).flatMap((written, index): Placed[] => {
    const parsed = isJsonObject(written) ? Input.safeParse(written) : undefined
    return parsed?.success === true ? [{ input: parsed.data, path: ['inputs', index] }] : []
  })
  return [
    ...placed.flatMap(each => [...checkDefaults(each), ...checkValidator(each), ...checkChoices(each)]),
    ...checkDependencies(placed),
  ]
}

function checkDependencies(placed: Placed[]): Problem[] {
  const ids = placed.map(({ input }) => input.id)
  const unknown = placed.flatMap(({ input, path }) =>
    (input.dependsOn?.inputs ?? []).flatMap((id, index): Problem[] => {
      if (ids.includes(id)) return []
      const message = `no input is called "${id}"${suggestion(nearest(id, ids))}`
      return [{ code: 'INVALID_VALUE', message, path: [...path, 'dependsOn', 'inputs', index] }]
    }),
  )
  const cycle = findCycle(new Map(placed.map(({ input }) => [input.id, input.dependsOn?.inputs ?? []])))
  const first = placed.find(({ input }) => input.id === cycle?.[0])
  if (cycle === null || first === undefined) return unknown
  const message = `inputs depend on each other: ${cycle.join(' -> ')}`
  return [...unknown, { code: 'CYCLE', message, path: [...first.path, 'dependsOn'] }]
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
  try {
    RE2JS.compile(input.validator)
    return []
  } catch (error) {
    const message = `not a regular expression: ${error instanceof Error ? error.message : String(error)}`
    return [{ code: 'INVALID_VALUE', message, path: [...path, 'validator'] }]
  }
}

function checkChoices({ input, path }: Placed): Problem[] {
  if (input.type !== 'SELECT' && input.type !== 'MULTISELECT') return []
  const isEmpty = input.values === undefined && input.expression === undefined
  return isEmpty
    ? [{ code: 'MISSING_PROPERTY', message: 'needs "values" or an "expression" for them', path: [...path, 'values'] }]
    : []
}

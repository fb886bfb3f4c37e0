import type { Json } from '../../json'
import type { Test } from '../callable'
import { Complaint } from '../errors'
import { isEmpty } from '../filters/collections'
import type { Budget } from '../limits'
import { isEqual, isJsonObject, typeName } from '../values'

const equals: Test = {
  parameters: ['value'],
  description: 'Whether two values are equal.',
  example: '{{ 1 is equals(1) }} -> true',
  apply: (input, args, { budget }) => isEqual(input, args.get('value') ?? null, budget),
}

const table = {
  defined: {
    description: 'Whether a variable exists and is not null.',
    example: '{{ missing is defined }} -> false',
    apply: input => input !== null,
  },
  empty: {
    description: 'Whether a value is null, a blank text, or a list or map without items.',
    example: '{{ " " is empty }} -> true',
    apply: input => isEmpty(input),
  },
  eq: equals,
  equals,
  even: {
    description: 'Whether a number is even.',
    example: '{{ 2 is even }} -> true',
    apply: input => wholeNumber(input, 'even') % 2 === 0,
  },
  iterable: {
    description: 'Whether a value is a list.',
    example: '{{ [1] is iterable }} -> true',
    apply: input => Array.isArray(input),
  },
  json: {
    description: 'Whether a value is a map, a list or a text that holds JSON.',
    example: '{{ \'{"a": 1}\' is json }} -> true',
    apply: (input, _args, { budget }) => isJson(input, budget),
  },
  map: {
    description: 'Whether a value is a map.',
    example: "{{ {'a': 1} is map }} -> true",
    apply: input => isJsonObject(input),
  },
  null: {
    description: 'Whether a value is null.',
    example: '{{ null is null }} -> true',
    apply: input => input === null,
  },
  odd: {
    description: 'Whether a number is odd.',
    example: '{{ 3 is odd }} -> true',
    apply: input => wholeNumber(input, 'odd') % 2 !== 0,
  },
} satisfies Record<string, Test>

/** Every test (`is name`) by name. */
export const tests: ReadonlyMap<string, Test> = new Map<string, Test>(Object.entries(table))

function wholeNumber(input: Json, test: string): number {
  if (typeof input !== 'number' || !Number.isInteger(input))
    throw new Complaint(`\`is ${test}\` takes a whole number, not ${typeName(input)}`)
  return input
}

function isJson(input: Json, budget: Budget): boolean {
  if (typeof input !== 'string') return typeof input === 'object' && input !== null
  budget.text(input.length)
  try {
    JSON.parse(input)
    return true
  } catch {
    return false
  }
}

import { describe, expect, test } from 'vitest'
import type { Json } from '../json'
import { filters } from './filters'
import { functions } from './functions'
import { ExpressionError, PendingCall, renderTyped } from './index'
import { filterSignatures, functionGives, testTakes } from './signatures'
import { type StaticType, type TypeKind, typeOfValue } from './static-types'
import { tests } from './tests'

const env = { nowMs: Date.UTC(2024, 1, 3), random: () => 0.5 }

/** Values of a kind, one of which a filter of the kind surely can take. */
const samples: Partial<Record<TypeKind, Json[]>> = {
  text: ['2024-02-03T04:05:06Z', '12', 'aGVsbG8='],
  number: [1_700_000_000],
  boolean: [true],
  list: [
    ['a', 'b'],
    [1, 2],
    [[1], [2]],
  ],
  map: [{ a: 1 }],
}

/** Arguments that suit, for those that need some. */
const args: Record<string, string> = {
  abbreviate: '(5)',
  chunk: '(1)',
  dateAdd: '(1, "DAYS")',
  default: '(1)',
  endsWith: '("a")',
  escapeChar: '("single")',
  indent: '(1)',
  merge: '([])',
  nindent: '(1)',
  regexExtract: '(".")',
  regexMatch: '(".")',
  regexReplace: '(".", "x")',
  replace: '({"a": "b"})',
  slice: '(0, 1)',
  split: '(",")',
  startsWith: '("a")',
  substringAfter: '("a")',
  substringAfterLast: '("a")',
  substringBefore: '("a")',
  substringBeforeLast: '("a")',
}

function results(template: string, kind: TypeKind): (Json | 'failed')[] {
  return samples[kind]!.map(value => {
    try {
      return renderTyped(template, { value }, env)
    } catch (error) {
      if (error instanceof ExpressionError) return 'failed'
      throw error
    }
  })
}

const kinds = Object.keys(samples) as TypeKind[]
const askWorld = new Set([...filters].filter(([, filter]) => filter.impure).map(([name]) => name))

test('every filter has a signature, and every signature a filter', () => {
  expect(Object.keys(filterSignatures).toSorted()).toEqual([...filters.keys()].toSorted())
  expect([...functions.keys()]).toEqual(expect.arrayContaining(Object.keys(functionGives)))
  expect([...tests.keys()]).toEqual(expect.arrayContaining(Object.keys(testTakes)))
})

describe.each(Object.entries(filterSignatures).filter(([name]) => !askWorld.has(name)))('%s', (name, signature) => {
  const template = `{{ value | ${name}${args[name] ?? ''} }}`
  test.each(kinds)('takes %s as it says', kind => {
    const isRefused = results(template, kind).every(result => result === 'failed')
    expect(isRefused).toBe(signature.takes?.includes(kind) === false)
  })

  test.each(kinds)('gives of %s what it says', kind => {
    for (const [index, result] of results(template, kind).entries()) {
      if (result === 'failed' || result === null) continue
      const input = typeOfValue(samples[kind]![index]!)
      const said = typeof signature.gives === 'function' ? signature.gives(input) : signature.gives
      expect(agrees(said, result)).toBe(true)
    }
  })
})

test.each(Object.entries(testTakes))('is %s takes what it says', (name, takes) => {
  for (const kind of kinds) {
    const isRefused = results(`{{ value is ${name} }}`, kind).every(result => result === 'failed')
    expect(isRefused, kind).toBe(!takes.includes(kind))
  }
})

test.each(Object.entries(functionGives))('%s gives what it says', (name, gives) => {
  const template = functions.get(name)!.example.replace(/ -> .*$/s, '')
  const lone = /^\{\{\s*[\w]+\([^{}]*\)\s*\}\}$/.test(template)
  if (!lone) return
  try {
    const value = renderTyped(template, { tasks: {}, outputs: { my_loop: { outputs: [] } } }, env)
    expect(agrees(gives, value)).toBe(true)
  } catch (error) {
    // A function that asks the world gives nothing here.
    expect(error instanceof PendingCall || error instanceof ExpressionError).toBe(true)
  }
})

function agrees(said: StaticType, value: Json): boolean {
  const kind = typeOfValue(value).kind
  if (said.kind === 'list' && Array.isArray(value)) return value.every(item => agrees(said.items, item))
  return said.kind === 'unknown' || said.kind === kind
}

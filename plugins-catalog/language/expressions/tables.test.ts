import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { filters } from './filters'
import { functions } from './functions'
import { operators } from './operators'
import { tests } from './tests'

/** The tables of input and output beside the code, as text. */
const tables = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.test.ts') && !['tables.test.ts', 'documented-examples.test.ts'].includes(file))
  .map(file => readFileSync(join(import.meta.dirname, file), 'utf8'))
  .join('\n')

/** Those that the worker answers: their rows are in its tests. */
const worldly = [...functions].filter(([, { impure }]) => impure).map(([name]) => name)

function without(names: Iterable<string>, row: (name: string) => RegExp): string[] {
  return [...names].filter(name => !row(name).test(tables))
}

describe('a row in a table for every', () => {
  test('filter', () => expect(without(filters.keys(), name => new RegExp(`\\|\\s*${name}\\b`))).toEqual([]))

  test('function', () => {
    const pure = [...functions.keys()].filter(name => !worldly.includes(name))
    expect(without(pure, name => new RegExp(`\\b${name}\\(`))).toEqual([])
  })

  test('test', () => expect(without(tests.keys(), name => new RegExp(`\\bis (not )?${name}\\b`))).toEqual([]))

  test('operator', () => {
    const all = [...Object.keys(operators), 'and', 'or', 'not', '??', '???', '?']
    expect(without(all, name => new RegExp(` ?${name.replace(/[.*+?|]/g, '\\$&')} ?`))).toEqual([])
  })

  test('nothing of that kind is missed', () => {
    expect(without(['no_such_filter'], name => new RegExp(`\\|\\s*${name}\\b`))).toEqual(['no_such_filter'])
  })
})

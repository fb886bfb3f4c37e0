import { describe, expect, test } from 'vitest'
import type { Json } from '#language/json'
import type { KvType } from './kv'
import { checkKvValue, kvTypeOf } from './kv-value'

describe('checkKvValue', () => {
  test.each<[KvType, Json]>([
    ['STRING', ''],
    ['NUMBER', -1.5],
    ['BOOLEAN', false],
    ['DATETIME', '2030-01-31T10:00:00Z'],
    ['DATETIME', '2030-01-31T10:00+02:00'],
    ['DATE', '2028-02-29'],
    ['DURATION', 'PT1H30M'],
    ['JSON', { a: [null] }],
  ])('%s takes %j', (type, value) => expect(() => checkKvValue(type, value)).not.toThrow())

  test.each<[KvType, Json, RegExp]>([
    ['STRING', 1, /A STRING is a text/],
    ['NUMBER', '1', /a number/],
    ['BOOLEAN', 'true', /true or false/],
    ['DATETIME', '2030-01-31', /date and time/],
    ['DATETIME', '2030-02-31T10:00:00Z', /date and time/],
    ['DATE', '2027-02-29', /a date as/],
    ['DATE', '2030-13-01', /a date as/],
    ['DURATION', '5 minutes', /PT1H30M/],
    ['STRING', 'a\0b', /NUL/],
    ['STRING', 'x'.repeat(2 ** 20), /1 MiB/],
  ])('%s refuses %.20j', (type, value, message) => expect(() => checkKvValue(type, value)).toThrow(message))
})

test.each<[Json, KvType]>([
  [1, 'NUMBER'],
  [true, 'BOOLEAN'],
  ['a', 'STRING'],
  ['2030-01-31', 'DATE'],
  ['PT5M', 'DURATION'],
  [[1], 'JSON'],
  [null, 'JSON'],
])('%j is a %s', (value, type) => expect(kvTypeOf(value)).toBe(type))

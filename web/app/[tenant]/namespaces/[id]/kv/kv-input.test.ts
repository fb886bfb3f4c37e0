import { expect, test } from 'vitest'
import type { KvType } from '#web/server/kv/kv'
import { readKvInput, toKvText } from './kv-input'

test.each<[KvType, string, unknown]>([
  ['STRING', '', { value: '' }],
  ['STRING', ' 1 ', { value: ' 1 ' }],
  ['NUMBER', '1.5', { value: 1.5 }],
  ['NUMBER', 'one', { problem: 'This is no number' }],
  ['NUMBER', ' ', { problem: 'A value is missing' }],
  ['BOOLEAN', 'false', { value: false }],
  ['DATE', '2030-01-31', { value: '2030-01-31' }],
  ['JSON', '{"a": [1]}', { value: { a: [1] } }],
  ['JSON', '{a', { problem: expect.any(String) }],
])('%s %j', (type, text, expected) => expect(readKvInput(type, text)).toEqual(expected))

test('a value comes back as it was typed', () => {
  expect(toKvText('a "b"')).toBe('a "b"')
  expect(readKvInput('JSON', toKvText({ a: 1 }))).toEqual({ value: { a: 1 } })
})

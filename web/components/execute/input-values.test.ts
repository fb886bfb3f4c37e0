import { expect, test } from 'vitest'
import { Input } from '#language/inputs/input'
import { initialValue, sentValue } from './input-values'

const input = (properties: object) => Input.parse({ id: 'x', ...properties })

test.each([
  [{ type: 'STRING' }, undefined],
  [{ type: 'STRING', defaults: 'a' }, 'a'],
  [{ type: 'STRING', defaults: '{{ now() }}' }, undefined],
  [{ type: 'STRING', prefill: 'a' }, 'a'],
  [{ type: 'INT', defaults: 3 }, '3'],
  [{ type: 'BOOL', defaults: true }, true],
  [{ type: 'BOOLEAN', defaults: 'no' }, false],
  [{ type: 'ARRAY', itemType: 'STRING', defaults: ['brand', 'price'] }, ['brand', 'price']],
  [{ type: 'ARRAY', itemType: 'INT', defaults: '[1, 2]' }, ['1', '2']],
  [{ type: 'ARRAY', itemType: 'STRING' }, []],
  [{ type: 'JSON', defaults: { a: 1 } }, '{\n  "a": 1\n}'],
  [{ type: 'SELECT', values: ['a', 'b'], autoSelectFirst: true }, 'a'],
])('%j starts as %j', (properties, value) => {
  expect(initialValue(input(properties))).toEqual(value)
})

test.each([
  [{ type: 'STRING' }, 'a', { value: 'a' }],
  [{ type: 'STRING' }, '', { problem: 'This is required.' }],
  [{ type: 'STRING', required: false }, '', {}],
  [{ type: 'STRING', defaults: '{{ now() }}' }, undefined, {}],
  [{ type: 'BOOL' }, false, { value: 'false' }],
  [{ type: 'ARRAY', itemType: 'STRING' }, ['a', 'b'], { value: '["a","b"]' }],
  [{ type: 'ARRAY', itemType: 'INT' }, ['1', '2'], { value: '[1,2]' }],
  [{ type: 'ARRAY', itemType: 'INT' }, ['1', 'two'], { problem: 'Item 2 is no INT.' }],
  [{ type: 'ARRAY', itemType: 'STRING' }, [], { value: '[]' }],
  [{ type: 'JSON' }, '{"a":', { problem: 'This is no valid JSON.' }],
  [{ type: 'DATE' }, '2026-01-02', { value: '2026-01-02' }],
])('%j with %j sends %j', (properties, value, sent) => {
  expect(sentValue(input(properties), value)).toEqual(sent)
})

test('an instant survives the way to a local field and back', () => {
  const at = input({ type: 'DATETIME', defaults: '2026-01-02T03:04:05.000Z' })
  expect(sentValue(at, initialValue(at))).toEqual({ value: '2026-01-02T03:04:05.000Z' })
})

import { expect, test } from 'vitest'
import { cleanArguments, newDraft, toDrafts } from './draft-arguments'

test.each([
  [{ id: ' table ' }, { id: 'table', type: 'STRING' }],
  [
    { id: 'n', type: 'INT', defaults: '3' },
    { id: 'n', type: 'INT', defaults: '3' },
  ],
  [
    { id: 'e', type: 'SELECT', values: 'a, b,' },
    { id: 'e', type: 'SELECT', values: ['a', 'b'] },
  ],
  [
    { id: 'l', type: 'ARRAY', defaults: 'a,b' },
    { id: 'l', type: 'ARRAY', itemType: 'STRING', defaults: ['a', 'b'] },
  ],
  [
    { id: 'x', displayName: ' X ' },
    { id: 'x', type: 'STRING', displayName: 'X' },
  ],
] as const)('%j is saved', (draft, saved) => {
  expect(cleanArguments([{ ...newDraft, ...draft }])).toEqual([saved])
})

test('a line without a name is left out', () => expect(cleanArguments([newDraft])).toEqual([]))

test.each([
  [{ id: 'e', type: 'SELECT', values: ['a', 'b'], defaults: 'a', required: false }],
  [{ id: 'l', type: 'ARRAY', itemType: 'STRING', defaults: ['a', 'b'] }],
  [{ id: 's', type: 'STRING', displayName: 'S', validator: '[a-z]+' }],
])('%j is the same after it was shown', argument => {
  expect(cleanArguments(toDrafts([argument]))).toEqual([argument])
})

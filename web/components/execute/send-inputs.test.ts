import { expect, test } from 'vitest'
import { problemsByInput } from './send-inputs'

test.each([
  ['inputs.columns', 'columns'],
  ['columns', 'columns'],
  ['inputs.columns[0]', 'columns'],
  ['inputs.nested.part', 'nested.part'],
  ['inputs.other', undefined],
  [undefined, undefined],
])('%s belongs to %s', (path, id) => {
  const found = problemsByInput([{ path, message: 'bad' }], ['columns', 'nested.part'])
  expect([...found.keys()]).toEqual(id ? [id] : [])
})

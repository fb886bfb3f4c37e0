import { expect, test } from 'vitest'
import { changesOf } from './changes-of'

test.each([
  [
    'something new',
    null,
    { id: 'a', labels: [] },
    [
      { name: 'id', after: 'a' },
      { name: 'labels', after: '[]' },
    ],
  ],
  ['a change', { id: 'a', revision: 1 }, { id: 'a', revision: 2 }, [{ name: 'revision', before: '1', after: '2' }]],
  ['what is gone', { id: 'a', error: null }, null, [{ name: 'id', before: 'a' }]],
  ['nothing', null, null, []],
])('%s', (_name, before, after, expected) => {
  expect(changesOf({ before, after })).toEqual(expected)
})

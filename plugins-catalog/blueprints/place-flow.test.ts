import { expect, test } from 'vitest'
import { placeFlow } from './place-flow'

test.each([
  ['id: a\nnamespace: b.c\n', { namespace: 'd.e' }, 'id: a\nnamespace: d.e\n'],
  ['id: a # why\nnamespace: "b" # there\n', { namespace: 'c', id: 'x' }, 'id: x # why\nnamespace: c # there\n'],
  [
    'namespace: b\nid: a\ntasks:\n  - id: a\n    namespace: b\n',
    { namespace: 'c', id: 'd' },
    'namespace: c\nid: d\ntasks:\n  - id: a\n    namespace: b\n',
  ],
  ['id: a\n', { namespace: 'c' }, 'namespace: c\nid: a\n'],
  ['id: a\nnamespace: b\n', {}, 'id: a\nnamespace: b\n'],
])('%j in %j', (source, place, placed) => expect(placeFlow(source, place)).toBe(placed))

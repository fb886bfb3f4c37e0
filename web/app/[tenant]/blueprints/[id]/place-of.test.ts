import { expect, test } from 'vitest'
import { placeOf } from './place-of'

test.each([
  ['id: a\nnamespace: b.c # there\n', { id: 'a', namespace: 'b.c' }],
  ['namespace: "b"\nid: \'a\'\n', { id: 'a', namespace: 'b' }],
  ['id: load_<< arg.table >>\nnamespace: b\n', { id: undefined, namespace: 'b' }],
  ['tasks:\n  - id: t\n', { id: undefined, namespace: undefined }],
])('%j', (source, place) => expect(placeOf(source)).toEqual(place))

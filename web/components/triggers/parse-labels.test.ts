import { expect, test } from 'vitest'
import { parseLabels } from './parse-labels'

test.each([
  ['', []],
  ['team:data', [{ key: 'team', value: 'data' }]],
  [
    ' team: data , url:http://a ',
    [
      { key: 'team', value: 'data' },
      { key: 'url', value: 'http://a' },
    ],
  ],
  ['team', undefined],
  ['a:b, :c', undefined],
])('%s', (text, labels) => expect(parseLabels(text)).toEqual(labels))

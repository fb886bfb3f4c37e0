import { expect, test } from 'vitest'
import { readQuery } from './read-query'

test.each<[string, Record<string, unknown>]>([
  ['', {}],
  ['q=a%20b&size=10', { q: 'a b', size: '10' }],
  ['labels=a:1&labels=b:2', { labels: ['a:1', 'b:2'] }],
  ['filters[state][IN]=A,B', { filters: [{ field: 'state', operator: 'IN', value: 'A,B' }] }],
  [
    'filters%5Blabels%5D%5BEQUALS%5D%5Bteam%5D=data&q=x',
    { q: 'x', filters: [{ field: 'labels', operator: 'EQUALS', key: 'team', value: 'data' }] },
  ],
])('%s', (query, input) => {
  expect({ ...readQuery(new URLSearchParams(query)) }).toEqual(input)
})

test('names the operators when one is unknown', () => {
  expect(() => readQuery(new URLSearchParams('filters[state][LIKE]=a'))).toThrow(/LIKE.*EQUALS/)
})

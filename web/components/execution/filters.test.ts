import { expect, test } from 'vitest'
import { executionsHref, filtersOf, isFiltered, labelsOf, startDateOf } from './filters'

const none = { states: [], labels: [] }

test.each([
  ['', none, false],
  ['state=FAILED,RUNNING', { ...none, states: ['FAILED', 'RUNNING'] }, true],
  ['state=NONSENSE', none, false],
  ['within=24h&q=etl', { ...none, within: '24h', q: 'etl' }, true],
  ['within=constructor', none, false],
  ['namespace=a.b&flow=c', { ...none, namespace: 'a.b', flow: 'c' }, true],
  ['labels=team:data', { ...none, labels: ['team:data'] }, true],
  ['from=2026-01-10T12:00:00Z&to=nonsense', { ...none, from: '2026-01-10T12:00:00.000Z' }, true],
])('%s', (query, filters, filtered) => {
  const found = filtersOf(new URLSearchParams(query))
  expect(found).toEqual(filters)
  expect(isFiltered(found)).toBe(filtered)
})

test.each([
  [null, []],
  ['a:b', ['a:b']],
  ['a:b,c:d', ['a:b', 'c:d']],
  ['a:b,c,d:e', ['a:b,c', 'd:e']],
  ['a', []],
  ['a:', []],
])('labels %s', (text, labels) => {
  expect(labelsOf(text)).toEqual(labels)
})

test('the address of a list', () => {
  expect(executionsHref('acme', {})).toBe('/acme/executions')
  expect(executionsHref('acme', { state: 'FAILED', namespace: undefined, labels: 'a:b c' })).toBe(
    '/acme/executions?state=FAILED&labels=a%3Ab+c',
  )
})

test('the start of a range is rounded to its minute', () => {
  expect(startDateOf('1h', Date.parse('2026-01-10T12:34:56.789Z'))).toBe('2026-01-10T11:34:00.000Z')
  expect(startDateOf(undefined)).toBeUndefined()
})

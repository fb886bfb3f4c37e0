import { expect, test } from 'vitest'
import { filtersOf, isFiltered, startDateOf } from './filters'

test.each([
  ['', { states: [] }, false],
  ['state=FAILED,RUNNING', { states: ['FAILED', 'RUNNING'] }, true],
  ['state=NONSENSE', { states: [] }, false],
  ['within=24h&q=etl', { states: [], within: '24h', q: 'etl' }, true],
  ['within=constructor', { states: [] }, false],
  ['namespace=a.b&flow=c', { states: [], namespace: 'a.b', flow: 'c' }, true],
])('%s', (query, filters, filtered) => {
  const found = filtersOf(new URLSearchParams(query))
  expect(found).toEqual(filters)
  expect(isFiltered(found)).toBe(filtered)
})

test('the start of a range is rounded to its minute', () => {
  expect(startDateOf('1h', Date.parse('2026-01-10T12:34:56.789Z'))).toBe('2026-01-10T11:34:00.000Z')
  expect(startDateOf(undefined)).toBeUndefined()
})

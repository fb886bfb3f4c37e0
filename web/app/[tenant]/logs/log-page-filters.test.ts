import { expect, test } from 'vitest'
import { isNarrowed, logFiltersOf } from './log-page-filters'

const usual = { minLevel: 'INFO', within: '24h' }

test.each([
  ['', usual, false],
  ['q=x&level=ERROR', { ...usual, q: 'x', minLevel: 'ERROR' }, true],
  ['level=LOUD&within=constructor', usual, false],
  ['namespace=a.b&flow=c&within=7d', { ...usual, namespace: 'a.b', flow: 'c', within: '7d' }, true],
])('%s', (query, filters, narrowed) => {
  const found = logFiltersOf(new URLSearchParams(query))
  expect(found).toEqual(filters)
  expect(isNarrowed(found)).toBe(narrowed)
})

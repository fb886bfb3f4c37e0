import { expect, test } from 'vitest'
import { durationMs, formatAge, formatDuration } from './time'

test.each([
  [Number.NaN, '–'],
  [-5, '–'],
  [0, '0 ms'],
  [449.6, '450 ms'],
  [3249, '3.2 s'],
  [59_999, '59.9 s'],
  [125_000, '2 m 05 s'],
  [11_220_000, '3 h 07 m'],
  [187_200_000, '2 d 4 h'],
])('%d ms -> %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text)
})

test.each([
  ['2026-01-10T11:59:30Z', 'just now'],
  ['2026-01-10T11:55:00Z', '5 min ago'],
  ['2026-01-10T09:00:00Z', '3 h ago'],
  ['2026-01-09T11:00:00Z', 'yesterday'],
])('%s -> %s', (date, text) => {
  expect(formatAge(new Date(date), new Date('2026-01-10T12:00:00Z'))).toBe(text)
})

test('a duration ends now while there is no end', () => {
  expect(durationMs('2026-01-10T12:00:00Z', undefined, Date.parse('2026-01-10T12:00:05Z'))).toBe(5000)
  expect(durationMs('2026-01-10T12:00:00Z', '2026-01-10T12:00:02Z', 0)).toBe(2000)
  expect(durationMs(undefined, undefined, 0)).toBeNaN()
})

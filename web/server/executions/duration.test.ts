import { expect, test } from 'vitest'
import { isoDuration } from './duration'

test.each([
  [0, 'PT0S'],
  [-5, 'PT0S'],
  [1, 'PT0.001S'],
  [1250, 'PT1.25S'],
  [60_000, 'PT1M'],
  [3_661_500, 'PT1H1M1.5S'],
  [90_000_000, 'PT25H'],
])('%d ms', (ms, text) => {
  expect(isoDuration(ms)).toBe(text)
})

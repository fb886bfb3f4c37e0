import { expect, test } from 'vitest'
import { countTicks, durationTicks } from './ticks'

test.each([
  [0, [0, 1]],
  [1, [0, 1]],
  [3, [0, 1, 2, 3]],
  [7, [0, 2, 4, 6, 8]],
  [26, [0, 10, 20, 30]],
  [49, [0, 10, 20, 30, 40, 50]],
  [1234, [0, 500, 1000, 1500]],
])('counts up to %i', (most, ticks) => {
  expect(countTicks(most)).toEqual(ticks)
})

test.each([
  [0, [0, 1]],
  [0.4, [0, 1]],
  [420, [0, 100, 200, 300, 400, 500]],
  [61_000, [0, 15_000, 30_000, 45_000, 60_000, 75_000]],
  [4 * 3_600_000, [0, 3_600_000, 7_200_000, 10_800_000, 14_400_000]],
  [7 * 86_400_000, [0, 2, 4, 6, 8].map(days => days * 86_400_000)],
])('durations up to %i ms', (most, ticks) => {
  expect(durationTicks(most)).toEqual(ticks)
})

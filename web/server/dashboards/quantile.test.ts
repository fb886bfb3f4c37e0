import { expect, test } from 'vitest'
import { quantileMs } from './quantile'

/** As the database does. */
const classOf = (ms: number) => Math.ceil(Math.log(Math.max(ms, 1)) / Math.log(1.2))

const classesOf = (durations: number[]) =>
  durations.reduce((found, ms) => found.set(classOf(ms), (found.get(classOf(ms)) ?? 0) + 1), new Map<number, number>())

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)

test.each([
  [[3000], 0.5, 3000],
  [[3000], 0.95, 3000],
  [upTo(1000), 0.5, 500],
  [upTo(1000), 0.95, 950],
  [[0, 0, 0, 86_400_000], 0.5, 1],
  [[0, 0, 0, 86_400_000], 0.95, 86_400_000],
])('%# is told within a tenth', (durations, share, expected) => {
  const found = quantileMs(classesOf(durations), share) ?? Number.NaN
  expect(Math.abs(found - expected) / expected).toBeLessThan(0.1)
})

test('what never ran has no duration', () => {
  expect(quantileMs(new Map([[-1, 5]]), 0.5)).toBeUndefined()
  expect(quantileMs(new Map(), 0.5)).toBeUndefined()
  expect(quantileMs(new Map([[10, 0]]), 0.5)).toBeUndefined()
})

import { expect, test } from 'vitest'
import { createPace } from './pace'

test('a burst is drawn out, each key for itself', () => {
  const pace = createPace(40)
  const asked: [key: string, nowMs: number, waitMs: number][] = [
    ['a', 1000, 0],
    ['a', 1000, 40],
    ['a', 1000, 80],
    ['b', 1000, 0],
    ['a', 1100, 20],
    ['a', 2000, 0],
  ]
  for (const [key, nowMs, waitMs] of asked) expect(pace(key, nowMs)).toBe(waitMs)
})

import { expect, test } from 'vitest'
import { createRateLimit } from './rate-limit'

test('lets as many attempts through as the window allows, for each key on its own', () => {
  let now = 0
  const limit = createRateLimit({ attempts: 2, windowMs: 100, now: () => now })
  expect([limit.take('a'), limit.take('a'), limit.take('a')]).toEqual([true, true, false])
  expect(limit.take('b')).toBe(true)
  now = 101
  expect([limit.take('a'), limit.take('a'), limit.take('a')]).toEqual([true, true, false])
})

test('slides: an attempt is free again when the oldest leaves the window', () => {
  let now = 0
  const limit = createRateLimit({ attempts: 2, windowMs: 100, now: () => now })
  limit.take('a')
  now = 60
  limit.take('a')
  now = 110
  expect([limit.take('a'), limit.take('a')]).toEqual([true, false])
})

test('says how long until there is room', () => {
  let now = 0
  const limit = createRateLimit({ attempts: 2, windowMs: 100, now: () => now })
  expect(limit.waitMs('a')).toBe(0)
  limit.take('a')
  now = 30
  expect([limit.take('a'), limit.waitMs('a')]).toEqual([true, 70])
  now = 100
  expect([limit.waitMs('a'), limit.take('a')]).toEqual([0, true])
})

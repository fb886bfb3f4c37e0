import { expect, test } from 'vitest'
import { createBoundedCache } from './bounded-cache'

test('forgets what was not used for longest when it weighs too much', () => {
  const cache = createBoundedCache<number>(10)
  cache.set('a', 1, 4)
  cache.set('b', 2, 4)
  cache.get('a')
  cache.set('c', 3, 4)
  expect(['a', 'b', 'c'].map(key => cache.get(key))).toEqual([1, undefined, 3])
})

test('weighs a key that is set again once', () => {
  const cache = createBoundedCache<number>(10)
  cache.set('a', 1, 6)
  cache.set('a', 2, 6)
  cache.set('b', 3, 4)
  expect(['a', 'b'].map(key => cache.get(key))).toEqual([2, 3])
})

test('does not keep what alone is too heavy', () => {
  const cache = createBoundedCache<number>(10)
  cache.set('a', 1, 4)
  cache.set('big', 2, 11)
  expect(['a', 'big'].map(key => cache.get(key))).toEqual([1, undefined])
})

import { expect, test } from 'vitest'
import { placeText } from './queue-place'

const since = '2026-01-01T00:00:00Z'

test.each([
  [{ position: 1, waiting: 1, limit: 3 }, 'next in the queue, limit 3'],
  [{ position: 1, waiting: 12, limit: 3 }, '1st of 12 in the queue, limit 3'],
  [{ position: 2, waiting: 12, limit: 3 }, '2nd of 12 in the queue, limit 3'],
  [{ position: 3, waiting: 12 }, '3rd of 12 in the queue'],
  [{ position: 11, waiting: 112, limit: 1 }, '11th of 112 in the queue, limit 1'],
  [{ position: 101, waiting: 112, limit: 1 }, '101st of 112 in the queue, limit 1'],
  [{ position: 1, waiting: 1, planLimit: 10 }, 'waits: the plan runs 10 at once'],
  [{ waiting: 4, limit: 1 }, `due ${new Date(since).toLocaleString()}`],
])('%j reads %s', (place, text) => {
  expect(placeText({ ...place, waitsSince: since })).toBe(text)
})

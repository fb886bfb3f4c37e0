import { describe, expect, test } from 'vitest'
import type { Retry } from '#language/plan'
import { newExecutionDelay, nextRetryDelay } from './retry'
import type { Attempt } from './task-run'

const startMs = Date.parse('2026-01-01T00:00:00.000Z')
const attempts = (count: number): { attempts: Attempt[] } => ({
  attempts: Array.from({ length: count }, () => ({
    histories: [{ state: 'CREATED', date: '2026-01-01T00:00:00.000Z' }],
  })),
})
const policy = (retry: Partial<Retry>): Retry => ({
  type: 'constant',
  intervalMs: 1000,
  behavior: 'RETRY_FAILED_TASK',
  ...retry,
})

describe('a task is tried again', () => {
  test.each<[string, Retry | undefined, number, number, number | undefined]>([
    ['without a policy: never', undefined, 1, 0, undefined],
    ['constant', policy({}), 7, 0, 1000],
    ['as often as maxAttempts says, the first one counted', policy({ maxAttempts: 3 }), 2, 0, 1000],
    ['no more often', policy({ maxAttempts: 3 }), 3, 0, undefined],
    ['exponential: at once at first, as Kestra does', policy({ type: 'exponential', delayFactor: 3 }), 1, 0, 0],
    ['exponential: then by the count', policy({ type: 'exponential', delayFactor: 3 }), 3, 0, 6000],
    ['exponential: up to its maximum', policy({ type: 'exponential', maxIntervalMs: 2500 }), 9, 0, 2500],
    ['within maxDuration of the first attempt', policy({ maxDurationMs: 5000 }), 2, 4000, 1000],
    ['not beyond', policy({ maxDurationMs: 5000 }), 2, 4001, undefined],
    ['not where a new execution is asked for', policy({ behavior: 'CREATE_NEW_EXECUTION' }), 1, 0, undefined],
  ])('%s', (_name, retry, count, afterMs, expected) => {
    expect(nextRetryDelay(retry, attempts(count), startMs + afterMs)).toBe(expected)
  })

  test('random: between its bounds', () => {
    const retry = policy({ type: 'random', intervalMs: 100, maxIntervalMs: 200 })
    for (let round = 0; round < 100; round++) {
      const delayMs = nextRetryDelay(retry, attempts(1), startMs)!
      expect(delayMs).toBeGreaterThanOrEqual(100)
      expect(delayMs).toBeLessThan(200)
    }
  })
})

describe('a new execution tries again', () => {
  const again = policy({ behavior: 'CREATE_NEW_EXECUTION', maxAttempts: 2, maxDurationMs: 10_000 })

  test.each<[string, Retry, number, number, number | undefined]>([
    ['after the interval', again, 1, 0, 1000],
    ['as often as maxAttempts says', again, 2, 0, undefined],
    ['within maxDuration of the first execution', again, 1, 9001, undefined],
    ['not where the task itself is retried', policy({}), 1, 0, undefined],
  ])('%s', (_name, retry, attempt, afterMs, expected) => {
    expect(newExecutionDelay(retry, { attempt, createdAtMs: startMs }, startMs + afterMs)).toBe(expected)
  })
})

import { durationMs } from '../durations'
import type { Retry as WrittenRetry } from '../flow'
import type { Retry } from '../plan'

/** Durations become milliseconds; the three kinds share one shape. */
export function compileRetry(retry: WrittenRetry): Retry {
  return {
    type: retry.type,
    ...intervals(retry),
    ...(retry.maxAttempts === undefined ? {} : { maxAttempts: retry.maxAttempts }),
    ...(retry.maxDuration === undefined ? {} : { maxDurationMs: durationMs(retry.maxDuration) }),
    ...(retry.warningOnRetry ? { warningOnRetry: true } : {}),
    behavior: retry.behavior,
  }
}

function intervals(retry: WrittenRetry): Pick<Retry, 'intervalMs' | 'maxIntervalMs' | 'delayFactor'> {
  switch (retry.type) {
    case 'constant':
      return { intervalMs: durationMs(retry.interval) }
    case 'exponential':
      return {
        intervalMs: durationMs(retry.interval),
        maxIntervalMs: durationMs(retry.maxInterval),
        delayFactor: retry.delayFactor,
      }
    case 'random':
      return { intervalMs: durationMs(retry.minInterval), maxIntervalMs: durationMs(retry.maxInterval) }
  }
}

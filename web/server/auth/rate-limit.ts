/**
 * Sliding windows of attempts, kept in this process: each web process counts for itself, and none asks the database. What
 * guesses at accounts is counted for all of them (`shared-limit.ts`).
 */
export type RateLimit = {
  /** Counts an attempt; false if there were too many in the window, this one not counted then. */
  take(key: string): boolean
  /** How long until there is room for another one. */
  waitMs(key: string): number
}

const maxKeys = 100_000

/** @example createRateLimit({ attempts: 10, windowMs: 60_000 }) */
export function createRateLimit(options: { attempts: number; windowMs: number; now?: () => number }): RateLimit {
  const now = options.now ?? Date.now
  const times = new Map<string, number[]>()
  return {
    take(key) {
      const since = now() - options.windowMs
      const recent = (times.get(key) ?? []).filter(time => time > since)
      // Deleted first, so that the map's order is that of last use and the oldest key is the one to forget.
      times.delete(key)
      times.set(key, recent)
      if (times.size > maxKeys) forgetOldest(times)
      if (recent.length >= options.attempts) return false
      recent.push(now())
      return true
    },
    waitMs(key) {
      const recent = times.get(key) ?? []
      const oldest = recent[recent.length - options.attempts]
      return oldest === undefined ? 0 : Math.max(0, oldest + options.windowMs - now())
    },
  }
}

function forgetOldest(times: Map<string, number[]>): void {
  const oldest = times.keys().next().value
  if (oldest !== undefined) times.delete(oldest)
}

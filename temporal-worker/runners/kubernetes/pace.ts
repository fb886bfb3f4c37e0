/** Answers how long, in milliseconds, one more of a key has to wait so that two of them are `everyMs` apart. */
export function createPace(everyMs: number): (key: string, nowMs: number) => number {
  const next = new Map<string, number>()
  return (key, nowMs) => {
    const turnMs = Math.max(nowMs, next.get(key) ?? 0)
    next.set(key, turnMs + everyMs)
    return turnMs - nowMs
  }
}

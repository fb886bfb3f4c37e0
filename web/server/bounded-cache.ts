/** Keeps what was used last, up to a total weight. */
export type BoundedCache<Value> = {
  get(key: string): Value | undefined
  set(key: string, value: Value, weight: number): void
}

/** @example createBoundedCache<Plan>(64_000_000) */
export function createBoundedCache<Value>(maxWeight: number): BoundedCache<Value> {
  const entries = new Map<string, { value: Value; weight: number }>()
  let total = 0

  function remove(key: string): void {
    total -= entries.get(key)?.weight ?? 0
    entries.delete(key)
  }

  return {
    get(key) {
      const entry = entries.get(key)
      if (entry === undefined) return undefined
      // Last in the map is used last.
      entries.delete(key)
      entries.set(key, entry)
      return entry.value
    },
    set(key, value, weight) {
      remove(key)
      if (weight > maxWeight) return
      entries.set(key, { value, weight })
      total += weight
      for (const oldest of entries.keys()) {
        if (total <= maxWeight) break
        remove(oldest)
      }
    },
  }
}

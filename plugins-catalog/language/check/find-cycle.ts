/** A circle in a graph of names, as the way round it (first name again at the end); null where there is none. */
export function findCycle(edges: ReadonlyMap<string, readonly string[]>): string[] | null {
  const done = new Set<string>()
  for (const start of edges.keys()) {
    const cycle = walk(start, [])
    if (cycle !== null) return cycle
  }
  return null

  function walk(name: string, way: string[]): string[] | null {
    const seenAt = way.indexOf(name)
    if (seenAt >= 0) return [...way.slice(seenAt), name]
    if (done.has(name)) return null
    for (const next of edges.get(name) ?? []) {
      const cycle = walk(next, [...way, name])
      if (cycle !== null) return cycle
    }
    done.add(name)
    return null
  }
}

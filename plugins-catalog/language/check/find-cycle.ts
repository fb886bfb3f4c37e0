type Step = { name: string; next: Iterator<string> }

/**
 * A circle in a graph of names, as the way round it (first name again at the end); null where there is none.
 * Keeps its own stack: a chain of thousands of names must not overflow the engine's.
 */
export function findCycle(edges: ReadonlyMap<string, readonly string[]>): string[] | null {
  const done = new Set<string>()
  for (const start of edges.keys()) {
    const cycle = done.has(start) ? null : findCycleFrom(start, edges, done)
    if (cycle !== null) return cycle
  }
  return null
}

/** Every circle once: each is found without the names of those before it. */
export function findCycles(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const left = new Map(edges)
  const cycles: string[][] = []
  for (let cycle = findCycle(left); cycle !== null; cycle = findCycle(left)) {
    cycles.push(cycle)
    for (const name of cycle) left.delete(name)
  }
  return cycles
}

function findCycleFrom(
  start: string,
  edges: ReadonlyMap<string, readonly string[]>,
  done: Set<string>,
): string[] | null {
  const enter = (name: string): Step => ({ name, next: (edges.get(name) ?? [])[Symbol.iterator]() })
  const way = [enter(start)]
  const onWay = new Set([start])
  for (let step = way.at(-1); step !== undefined; step = way.at(-1)) {
    const { value: name, done: isLast } = step.next.next()
    if (isLast === true) {
      way.pop()
      onWay.delete(step.name)
      done.add(step.name)
    } else if (onWay.has(name)) {
      const names = way.map(passed => passed.name)
      return [...names.slice(names.indexOf(name)), name]
    } else if (!done.has(name)) {
      way.push(enter(name))
      onWay.add(name)
    }
  }
  return null
}

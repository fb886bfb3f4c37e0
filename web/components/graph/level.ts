import type { Box, Direction, GraphEdge, GraphGroup, Point } from './graph'

/** What one group holds, or the whole; groups inside have their sizes by now. */
export type Level = {
  arrange: GraphGroup['arrange']
  direction: Direction
  nodes: readonly Part[]
  /** Between these nodes. */
  edges: readonly Pick<GraphEdge, 'key' | 'from' | 'to'>[]
}

export type Part = { key: string; width: number; height: number; isGroup: boolean }

/** Where all of a level stands, seen from its top left corner. */
export type Arranged = {
  boxes: ReadonlyMap<string, Box>
  routes: ReadonlyMap<string, Point[]>
  width: number
  height: number
}

/** `turn`: from a node to where its lines turn aside. */
export const gap = { along: 44, across: 28, turn: 18 }

/** Lists of what has the same key, in the order given. */
export function listBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const lists = new Map<K, T[]>()
  for (const item of items) {
    const list = lists.get(keyOf(item))
    if (list) list.push(item)
    else lists.set(keyOf(item), [item])
  }
  return lists
}

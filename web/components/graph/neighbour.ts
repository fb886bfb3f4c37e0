import type { GraphNode, GraphShape, Layout, Point } from './graph'

export type Arrow = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight'

/**
 * The node that an arrow key leads to: from the head of a group into it, along an edge where one goes that way, else the
 * nearest on that side.
 */
export function neighbourOf(
  key: string,
  arrow: Arrow,
  { nodes, edges, direction }: GraphShape,
  layout: Layout,
): string | undefined {
  const anchors = new Map(
    nodes.flatMap(node => {
      if (node.isAside) return []
      const anchor = anchorOf(node, layout)
      return anchor ? [[node.key, anchor] as const] : []
    }),
  )
  const from = anchors.get(key)
  if (!from) return undefined
  const along =
    direction === 'DOWN' ? { ahead: 'ArrowDown', back: 'ArrowUp' } : { ahead: 'ArrowRight', back: 'ArrowLeft' }
  if (arrow === along.ahead) {
    const inside = nearest(from, arrow, insideOf(key, nodes), anchors)
    if (inside !== undefined) return inside
  }
  const linked = edges
    .filter(edge => !edge.isLoose && !edge.isHidden)
    .flatMap(edge => {
      if (arrow === along.ahead && edge.from === key) return [edge.to]
      if (arrow === along.back && edge.to === key) return [edge.from]
      return []
    })
  return nearest(from, arrow, linked, anchors) ?? nearest(from, arrow, [...anchors.keys()], anchors)
}

/** All that a group holds, also in groups inside it. */
function insideOf(key: string, nodes: readonly GraphNode[]): string[] {
  const inside = new Set([key])
  for (const node of nodes) if (node.parent !== undefined && inside.has(node.parent)) inside.add(node.key)
  inside.delete(key)
  return [...inside]
}

/** A group is where its head is. */
function anchorOf({ key, group }: GraphNode, { boxes }: Layout): Point | undefined {
  const box = boxes.get(key)
  if (!box) return undefined
  return { x: box.x + box.width / 2, y: box.y + (group ? group.header : box.height) / 2 }
}

function nearest(
  from: Point,
  arrow: Arrow,
  keys: readonly string[],
  anchors: ReadonlyMap<string, Point>,
): string | undefined {
  let best: { key: string; cost: number } | undefined
  for (const key of keys) {
    const to = anchors.get(key)
    if (!to) continue
    const { ahead, aside } = distances(from, to, arrow)
    const cost = ahead + 2 * aside
    if (ahead > 1 && cost < (best?.cost ?? Number.POSITIVE_INFINITY)) best = { key, cost }
  }
  return best?.key
}

function distances(from: Point, to: Point, arrow: Arrow): { ahead: number; aside: number } {
  const x = to.x - from.x
  const y = to.y - from.y
  if (arrow === 'ArrowDown') return { ahead: y, aside: Math.abs(x) }
  if (arrow === 'ArrowUp') return { ahead: -y, aside: Math.abs(x) }
  return { ahead: arrow === 'ArrowRight' ? x : -x, aside: Math.abs(y) }
}

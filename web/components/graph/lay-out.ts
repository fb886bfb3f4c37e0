import type { Box, GraphNode, GraphShape, Layout, Point } from './graph'
import { type Arranged, type Level, listBy } from './level'
import { arrangeStages } from './stages'
import { arrangeTiles } from './tiles'

export const groupPadding = 20

/**
 * Places nodes and routes edges, each group by itself, from the inside: no edge of the layout leaves its group. Most of
 * a flow is lists and rows, which are placed at once; only the rest waits for the engine, which is slow to start.
 */
export async function layOut(
  { nodes, edges, direction }: GraphShape,
  byEngine: (level: Level) => Promise<Arranged>,
): Promise<Layout> {
  const inside = listBy(nodes, ({ parent }) => parent)
  const parents = new Map(nodes.map(({ key, parent }) => [key, parent]))
  const own = edges.filter(
    ({ from, to, isLoose }) =>
      !isLoose && parents.has(from) && parents.has(to) && parents.get(from) === parents.get(to),
  )
  const edgesOf = listBy(own, ({ from }) => parents.get(from))
  const levels = new Map<string | undefined, Arranged>()
  const sizes = new Map<string, { width: number; height: number }>()

  async function arrange(group: GraphNode | undefined): Promise<void> {
    const key = group?.key
    const held = inside.get(key) ?? []
    await Promise.all(held.filter(node => node.group).map(arrange))
    const level: Level = {
      arrange: group?.group?.arrange ?? 'layers',
      direction,
      nodes: held.map(node => ({
        ...{ key: node.key, isGroup: node.group !== undefined },
        ...(sizes.get(node.key) ?? { width: node.width, height: node.height }),
      })),
      edges: edgesOf.get(key) ?? [],
    }
    const arranged = level.arrange === 'tiles' ? arrangeTiles(level) : (arrangeStages(level) ?? (await byEngine(level)))
    levels.set(key, arranged)
    if (group) sizes.set(group.key, sizeOf(group, arranged))
  }
  await arrange(undefined)
  return inTheWhole(nodes, levels)
}

function sizeOf({ width, height, group }: GraphNode, inside: Arranged): { width: number; height: number } {
  const padding = 2 * groupPadding
  return {
    width: Math.max(width, inside.width + padding),
    height: Math.max(height, inside.height + padding + (group?.header ?? 0)),
  }
}

/** Groups stand before what they hold. */
function inTheWhole(nodes: readonly GraphNode[], levels: ReadonlyMap<string | undefined, Arranged>): Layout {
  const boxes = new Map<string, Box>()
  const routes = new Map<string, Point[]>()
  const place = (level: Arranged | undefined, origin: Point) => {
    const shift = <P extends Point>(point: P): P => ({ ...point, x: origin.x + point.x, y: origin.y + point.y })
    for (const [key, box] of level?.boxes ?? []) boxes.set(key, shift(box))
    for (const [key, points] of level?.routes ?? []) routes.set(key, points.map(shift))
  }
  place(levels.get(undefined), { x: 0, y: 0 })
  for (const { key, group } of nodes) {
    const box = boxes.get(key)
    const level = levels.get(key)
    if (!box || !group || !level) continue
    place(level, { x: box.x + Math.round((box.width - level.width) / 2), y: box.y + group.header + groupPadding })
  }
  return { boxes, routes }
}

import type { FlowEdit } from '#language/graph/edit'
import type { TaskNode } from '#language/graph/topology'
import { startsWith } from '#language/paths'
import type { Box, Layout, Point } from '#web/components/graph/graph'
import type { FlowShape } from './flow-shape'
import type { Slot } from './slots'

const reach = 180

/** The place that a drop at this point is meant for: the nearest of the innermost list that the point is in. */
export function slotAt(point: Point, slots: readonly Slot[], shape: FlowShape, layout: Layout): Slot | undefined {
  const boxes = shape.nodes.flatMap(({ key, group }) => {
    const box = group && layout.boxes.get(key)
    return box && contains(box, point) ? [{ key, box }] : []
  })
  // Groups stand before what they hold.
  const innermost = boxes.at(-1)
  if (!innermost)
    return nearest(
      point,
      slots.filter(({ holder }) => holder === undefined),
    )
  const own = slots.filter(({ holder }) => holder === innermost.key)
  return nearest(point, own.length > 0 ? own : slots.filter(({ at }) => contains(innermost.box, at)))
}

function contains(box: Box, { x, y }: Point): boolean {
  return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height
}

function nearest(point: Point, slots: readonly Slot[]): Slot | undefined {
  let best: { slot: Slot; distance: number } | undefined
  for (const slot of slots) {
    const distance = Math.hypot(slot.at.x - point.x, slot.at.y - point.y)
    if (distance < (best?.distance ?? reach)) best = { slot, distance }
  }
  return best?.slot
}

/** Whether a task can be moved there: not into itself, and not where it already is. */
export function takesTask({ itemPath, path }: TaskNode, { spot, takes }: Slot): boolean {
  if (takes !== 'task' || startsWith(spot.list, path)) return false
  const index = itemPath.at(-1)
  const isOwnList = spot.list.length === itemPath.length - 1 && startsWith(itemPath, spot.list)
  return !isOwnList || (spot.index !== index && spot.index !== Number(index) + 1)
}

export function moveEdit({ itemPath }: TaskNode, { spot }: Slot): FlowEdit {
  return { kind: 'move', path: itemPath, at: spot }
}

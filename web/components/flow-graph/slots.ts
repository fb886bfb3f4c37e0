import type { Spot } from '#language/graph/edit'
import type { Branch, Topology } from '#language/graph/topology'
import { graphText } from '#text/graph'
import { middleOf } from '#web/components/graph/edge-path'
import type { Box, Direction, Layout, Point } from '#web/components/graph/graph'
import { addTriggerKey, emptyKey, type FlowShape } from './flow-shape'

/** Where something may be added. */
export type Place = {
  takes: 'task' | 'trigger'
  spot: Spot
  /** Says what is added where: "Add a task after extract". */
  label: string
}

/** A place on view, where a plugin may be dropped, or a task moved to. */
export type Slot = Place & {
  key: string
  /** Its middle. */
  at: Point
  /** Key of the node that holds its list; undefined for the flow itself. */
  holder: string | undefined
  /** A node that stands for the place; elsewhere a button is drawn. */
  node: string | undefined
}

const beside = 13
const halfGap = 22

/** All places of the lists on view. */
export function slotsOf(shape: FlowShape, topology: Topology, layout: Layout, direction: Direction): Slot[] {
  const routes = new Map(shape.edges.map(edge => [`${edge.from} ${edge.to}`, layout.routes.get(edge.key)]))
  const slots = shape.lists.flatMap(({ branch, holder }) => slotsOfList(branch, holder, layout, routes, direction))
  const box = layout.boxes.get(addTriggerKey)
  if (box) {
    const spot = { list: ['triggers'], index: topology.triggers.length }
    slots.push({
      key: addTriggerKey,
      takes: 'trigger',
      spot,
      label: graphText.addATrigger,
      at: centerOf(box),
      holder: undefined,
      node: addTriggerKey,
    })
  }
  return slots
}

function slotsOfList(
  branch: Branch,
  holder: string | undefined,
  layout: Layout,
  routes: ReadonlyMap<string, Point[] | undefined>,
  direction: Direction,
): Slot[] {
  const slot = (index: number, label: string, at: Point, node?: string): Slot => ({
    key: `${branch.key}/${index}`,
    takes: 'task',
    spot: { list: branch.path, index },
    label,
    at,
    holder,
    node,
  })
  const empty = layout.boxes.get(emptyKey(branch))
  if (branch.tasks.length === 0)
    return empty ? [slot(0, graphText.addInto(branch.label), centerOf(empty), emptyKey(branch))] : []
  const tasks = branch.tasks.flatMap(task => {
    const box = layout.boxes.get(task.key)
    return box ? [{ task, box, name: task.id ?? graphText.theTaskOfLine(task.line) }] : []
  })
  const first = tasks[0]
  const last = tasks.at(-1)
  // A list that was changed while the layout is still of the one before.
  if (!first || !last || tasks.length !== branch.tasks.length) return []
  const end = graphText.addAfter(last.name)
  if (branch.order === 'dag') {
    const frame = holder === undefined ? undefined : layout.boxes.get(holder)
    return [slot(tasks.length, end, frame ? endOf(frame, 'DOWN', -beside) : endOf(last.box, direction, beside))]
  }
  const isRow = branch.order === 'parallel'
  const along: Direction = isRow === (direction === 'DOWN') ? 'RIGHT' : 'DOWN'
  const isTiled = isRow && new Set(tasks.map(({ box }) => (along === 'RIGHT' ? box.y : box.x))).size > 1
  if (isTiled) return [slot(tasks.length, end, endOf(last.box, 'RIGHT', beside))]
  const startGap = holder === undefined ? halfGap : beside
  return [
    slot(0, graphText.addBefore(first.name), startOf(first.box, along, startGap)),
    ...tasks.slice(1).map(({ task, box, name }, index) => {
      const before = tasks[index] ?? first
      const route = routes.get(`${before.task.key} ${task.key}`)
      return slot(
        index + 1,
        graphText.addBetween(before.name, name),
        (route && middleOf(route)) ?? between(before.box, box, along),
      )
    }),
    slot(tasks.length, end, endOf(last.box, along, startGap)),
  ]
}

function centerOf(box: Box): Point {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

function startOf(box: Box, along: Direction, gap: number): Point {
  const { x, y } = centerOf(box)
  return along === 'DOWN' ? { x, y: box.y - gap } : { x: box.x - gap, y }
}

function endOf(box: Box, along: Direction, gap: number): Point {
  const { x, y } = centerOf(box)
  return along === 'DOWN' ? { x, y: box.y + box.height + gap } : { x: box.x + box.width + gap, y }
}

function between(before: Box, after: Box, along: Direction): Point {
  const end = endOf(before, along, 0)
  const start = startOf(after, along, 0)
  return { x: (end.x + start.x) / 2, y: (end.y + start.y) / 2 }
}

import type { Box, Point } from './graph'
import { type Arranged, gap, type Level, listBy, type Part } from './level'

/**
 * One stage after the other, each a row across the direction: a list of tasks, branches beside each other, triggers
 * before a task. Undefined where the edges say more than that.
 */
export function arrangeStages({ nodes, edges, direction }: Level): Arranged | undefined {
  const isDown = direction === 'DOWN'
  const stages = stagesOf(isDown ? nodes : nodes.map(turn), edges)
  if (!stages) return undefined
  const arranged = stack(stages, edges)
  if (isDown) return arranged
  return {
    boxes: new Map([...arranged.boxes].map(([key, box]) => [key, turn(box)])),
    routes: new Map([...arranged.routes].map(([key, points]) => [key, points.map(({ x, y }) => ({ x: y, y: x }))])),
    width: arranged.height,
    height: arranged.width,
  }
}

/** Each stage is all that follows the one before; where two meet, one of them is a single node. */
function stagesOf(nodes: readonly Part[], edges: Level['edges']): Part[][] | undefined {
  const places = new Map(nodes.map((node, index) => [node.key, index]))
  const ahead = listBy(edges, ({ from }) => from)
  const behind = listBy(edges, ({ to }) => to)
  const stages: Part[][] = []
  let placed = 0
  let stage = nodes.filter(({ key }) => !behind.has(key))
  while (stage.length > 0) {
    stages.push(stage)
    placed += stage.length
    const out = stage.flatMap(({ key }) => ahead.get(key) ?? [])
    const next = [...new Set(out.map(({ to }) => places.get(to) ?? 0))]
      .sort((a, b) => a - b)
      .flatMap(i => nodes[i] ?? [])
    const pairs = stage.length * next.length
    const into = next.reduce((sum, { key }) => sum + (behind.get(key)?.length ?? 0), 0)
    if (out.length !== pairs || into !== pairs || pairs > Math.max(stage.length, next.length)) return undefined
    stage = next
  }
  return placed === nodes.length ? stages : undefined
}

/** From top to bottom, around one axis. */
function stack(stages: readonly Part[][], edges: Level['edges']): Arranged {
  const widths = stages.map(stage => stage.reduce((sum, { width }) => sum + width + gap.across, -gap.across))
  const whole = Math.max(0, ...widths)
  const boxes = new Map<string, Box>()
  const tops = new Map<string, number>()
  let top = 0
  for (const [index, stage] of stages.entries()) {
    const most = Math.max(...stage.map(({ height }) => height))
    let x = Math.round((whole - (widths[index] ?? 0)) / 2)
    for (const { key, width, height, isGroup } of stage) {
      // Of groups beside each other the heads are in line.
      boxes.set(key, { x, y: isGroup ? top : top + Math.round((most - height) / 2), width, height })
      tops.set(key, top)
      x += width + gap.across
    }
    top += most + gap.along
  }
  const routes = new Map<string, Point[]>()
  for (const { key, from, to } of edges) {
    const [before, after] = [boxes.get(from), boxes.get(to)]
    if (before && after) routes.set(key, routeOf(before, after, (tops.get(to) ?? 0) - gap.along + gap.turn))
  }
  return { boxes, routes, width: whole, height: Math.max(0, top - gap.along) }
}

/** From the middle of one to that of the other, across at `y`. */
function routeOf(before: Box, after: Box, y: number): Point[] {
  const start = { x: before.x + Math.round(before.width / 2), y: before.y + before.height }
  const end = { x: after.x + Math.round(after.width / 2), y: after.y }
  return start.x === end.x ? [start, end] : [start, { x: start.x, y }, { x: end.x, y }, end]
}

/** Width and height, x and y change places. */
function turn<S extends { width: number; height: number; x?: number; y?: number }>(size: S): S {
  const { width, height, x, y } = size
  return { ...size, width: height, height: width, x: y, y: x }
}

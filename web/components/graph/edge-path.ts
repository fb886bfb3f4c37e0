import type { Box, Direction, Point } from './graph'

const radius = 8

/** An SVG path along the points with rounded corners. */
export function roundedPath(points: readonly Point[]): string {
  const [first, ...rest] = points
  const last = rest.at(-1)
  if (!first || !last) return ''
  const corners = rest.slice(0, -1).map((corner, index) => {
    const before = points[index] ?? first
    const after = points[index + 2] ?? last
    const start = towards(corner, before)
    const end = towards(corner, after)
    return `L ${start.x} ${start.y} Q ${corner.x} ${corner.y} ${end.x} ${end.y}`
  })
  return [`M ${first.x} ${first.y}`, ...corners, `L ${last.x} ${last.y}`].join(' ')
}

/** The point where the curve of a corner begins: at most half way to its neighbour. */
function towards(corner: Point, neighbour: Point): Point {
  const length = Math.hypot(neighbour.x - corner.x, neighbour.y - corner.y)
  if (length === 0) return corner
  const part = Math.min(radius, length / 2) / length
  return { x: corner.x + (neighbour.x - corner.x) * part, y: corner.y + (neighbour.y - corner.y) * part }
}

/** The point half way along the points. */
export function middleOf(points: readonly Point[]): Point | undefined {
  const legs = points.slice(1).map((to, index) => {
    const from = points[index] ?? to
    return { from, to, length: Math.hypot(to.x - from.x, to.y - from.y) }
  })
  let left = legs.reduce((sum, { length }) => sum + length, 0) / 2
  for (const { from, to, length } of legs) {
    if (length > 0 && left <= length) {
      const part = left / length
      return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }
    }
    left -= length
  }
  return points[0]
}

/** A bow beside the way from one box to another, so that it lies on no line of the layout. */
export function bowPath(from: Box, to: Box, direction: Direction): { path: string; middle: Point } {
  if (direction === 'RIGHT') {
    const { path, middle } = bowPath(turn(from), turn(to), 'DOWN')
    // x and y change places.
    return { path: path.replace(/(-?[\d.]+) (-?[\d.]+)/g, '$2 $1'), middle: { x: middle.y, y: middle.x } }
  }
  const start = { x: from.x + from.width, y: from.y + from.height / 2 }
  const end = { x: to.x + to.width, y: to.y + Math.min(to.height / 2, 27) }
  const reach = Math.max(start.x, end.x) + Math.min(140, 28 + Math.abs(end.y - start.y) * 0.12)
  return {
    path: `M ${start.x} ${start.y} C ${reach} ${start.y} ${reach} ${end.y} ${end.x} ${end.y}`,
    middle: { x: (start.x + end.x + 6 * reach) / 8, y: (start.y + end.y) / 2 },
  }
}

function turn({ x, y, width, height }: Box): Box {
  return { x: y, y: x, width: height, height: width }
}

import type { Box } from './graph'
import { type Arranged, gap, type Level } from './level'

/** Width to height of what is filled row by row. */
const aspect = 1.6

/** Row by row, in the order that is written. */
export function arrangeTiles({ nodes }: Pick<Level, 'nodes'>): Arranged {
  const area = nodes.reduce((sum, { width, height }) => sum + (width + gap.across) * (height + gap.across), 0)
  const most = Math.sqrt(area * aspect)
  const boxes = new Map<string, Box>()
  let at = { x: 0, y: 0, below: 0 }
  let whole = 0
  for (const { key, width, height } of nodes) {
    if (at.x > 0 && at.x + width > most) at = { x: 0, y: at.below + gap.across, below: 0 }
    boxes.set(key, { x: at.x, y: at.y, width, height })
    whole = Math.max(whole, at.x + width)
    at = { x: at.x + width + gap.across, y: at.y, below: Math.max(at.below, at.y + height) }
  }
  return { boxes, routes: new Map(), width: whole, height: at.below }
}

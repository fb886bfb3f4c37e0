import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api'
import type { Box, Point } from './graph'
import type { Arranged } from './level'

/** What elk answered to a level. */
export function fromElk({ children = [], edges = [], width = 0, height = 0 }: ElkNode): Arranged {
  return {
    boxes: new Map(children.map(child => [child.id, boxOf(child)])),
    routes: new Map(edges.map(edge => [edge.id, routeOf(edge)])),
    width: Math.round(width),
    height: Math.round(height),
  }
}

function boxOf({ x = 0, y = 0, width = 0, height = 0 }: ElkNode): Box {
  return { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) }
}

function routeOf({ sections = [] }: ElkExtendedEdge): Point[] {
  return sections
    .flatMap(({ startPoint, bendPoints = [], endPoint }) => [startPoint, ...bendPoints, endPoint])
    .map(({ x, y }) => ({ x: Math.round(x), y: Math.round(y) }))
}

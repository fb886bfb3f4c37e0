import { type Edge, MarkerType, type Node, type NodeHandle, Position } from '@xyflow/react'
import type { ReactNode } from 'react'
import { cn } from '#web/components/class-names'
import { bowPath, middleOf, roundedPath } from './edge-path'
import type { Box, Direction, GraphEdge, GraphNode, Point } from './graph'
import type { Placed } from './use-layout'

const handleSize = 10

export type BoxNode = Node<{ render: () => ReactNode; label: string; isTabStop: boolean }, 'box'>
export type LineEdge = Edge<
  { path: string; middle: Point; look: NonNullable<GraphEdge['look']>; label: string | undefined },
  'line'
>

export type Drawing<N extends GraphNode> = {
  placed: Placed<N>
  selectedKey: string | undefined
  renderNode: (node: N, state: { isSelected: boolean }) => ReactNode
}

/** Of the nodes drawn before, those that are still the same are handed on as they are, so that nothing draws them again. */
export function toFlowNodes<N extends GraphNode>(
  { placed, selectedKey, renderNode }: Drawing<N>,
  before: ReadonlyMap<string, { node: N; flowNode: BoxNode; renderNode: Drawing<N>['renderNode'] }>,
): Map<string, { node: N; flowNode: BoxNode; renderNode: Drawing<N>['renderNode'] }> {
  const { shape, layout } = placed
  const { source, target } = positionsOf(shape.direction)
  const depths = new Map<string, number>()
  const drawn = new Map<string, { node: N; flowNode: BoxNode; renderNode: Drawing<N>['renderNode'] }>()
  const tabStop = shape.nodes.some(({ key }) => key === selectedKey)
    ? selectedKey
    : shape.nodes.find(({ isAside }) => !isAside)?.key
  for (const node of shape.nodes) {
    const box = layout.boxes.get(node.key)
    if (!box) continue
    const depth = node.parent === undefined ? 0 : (depths.get(node.parent) ?? 0) + 1
    depths.set(node.key, depth)
    const isSelected = node.key === selectedKey
    const isTabStop = node.key === tabStop
    const old = before.get(node.key)
    const isSame =
      old?.node === node &&
      old.renderNode === renderNode &&
      old.flowNode.selected === isSelected &&
      old.flowNode.data.isTabStop === isTabStop &&
      old.flowNode.sourcePosition === source &&
      isSameBox(old.flowNode, box)
    const flowNode: BoxNode = isSame
      ? old.flowNode
      : {
          id: node.key,
          type: 'box',
          position: { x: box.x, y: box.y },
          width: box.width,
          height: box.height,
          // Known beforehand, so that what is out of sight needs not be drawn to be measured.
          measured: { width: box.width, height: box.height },
          handles: handlesOf(box, shape.direction),
          sourcePosition: source,
          targetPosition: target,
          connectable: node.isConnectable ?? false,
          zIndex: depth * 2,
          selected: isSelected,
          data: { render: () => renderNode(node, { isSelected }), label: node.label, isTabStop },
        }
    drawn.set(node.key, { node, flowNode, renderNode })
  }
  return drawn
}

/** Without them every node is drawn once to look for its handles. Half of each, as `graph.css` has it, is outside. */
function handlesOf({ width, height }: Box, direction: Direction): NodeHandle[] {
  const { source, target } = positionsOf(direction)
  const size = { width: handleSize, height: handleSize }
  const [start, end] =
    direction === 'DOWN'
      ? [
          { x: width / 2, y: 0 },
          { x: width / 2, y: height },
        ]
      : [
          { x: 0, y: height / 2 },
          { x: width, y: height / 2 },
        ]
  const at = ({ x, y }: Point) => ({ x: x - handleSize / 2, y: y - handleSize / 2 })
  return [
    { ...size, ...at(start), type: 'target', position: target },
    { ...size, ...at(end), type: 'source', position: source },
  ]
}

function isSameBox({ position, width, height }: BoxNode, box: Box): boolean {
  return position.x === box.x && position.y === box.y && width === box.width && height === box.height
}

function positionsOf(direction: Direction): { source: Position; target: Position } {
  return direction === 'DOWN'
    ? { source: Position.Bottom, target: Position.Top }
    : { source: Position.Right, target: Position.Left }
}

export function toFlowEdges({ shape, layout }: Placed<GraphNode>, selectedKey: string | undefined): LineEdge[] {
  const parents = new Map(shape.nodes.map(node => [node.key, node.parent]))
  return shape.edges
    .filter(edge => !edge.isHidden && layout.boxes.has(edge.from) && layout.boxes.has(edge.to))
    .map(edge => {
      const isSelected = edge.key === selectedKey
      return {
        id: edge.key,
        type: 'line',
        source: edge.from,
        target: edge.to,
        selected: isSelected,
        // Above the group that holds both ends, below the ends, where new lines are drawn from; loose ones above all.
        zIndex: edge.isLoose ? 100 : depthOf(edge.from, parents) * 2 - 1,
        interactionWidth: edge.isSelectable ? 18 : 0,
        className: cn(
          edge.isSelectable ? 'graph-edge-selectable' : 'graph-edge',
          edge.isLoose && edge.from !== selectedKey && edge.to !== selectedKey && 'graph-edge-faint',
        ),
        markerEnd: {
          type: MarkerType.ArrowClosed,
          width: 14,
          height: 14,
          color: isSelected ? 'var(--accent)' : edgeColor[edge.look ?? 'solid'],
        },
        data: { ...pathOf(edge, { shape, layout }), look: edge.look ?? 'solid', label: edge.label },
      }
    })
}

function pathOf({ key, from, to }: GraphEdge, { shape, layout }: Placed<GraphNode>): { path: string; middle: Point } {
  const route = layout.routes.get(key)
  if (route && route.length > 1) return { path: roundedPath(route), middle: middleOf(route) ?? { x: 0, y: 0 } }
  const nowhere = { x: 0, y: 0, width: 0, height: 0 }
  return bowPath(layout.boxes.get(from) ?? nowhere, layout.boxes.get(to) ?? nowhere, shape.direction)
}

export const edgeColor = { solid: 'var(--edge)', dashed: 'var(--edge-data)', dotted: 'var(--edge)' }

function depthOf(key: string, parents: ReadonlyMap<string, string | undefined>): number {
  let depth = 0
  for (let parent = parents.get(key); parent !== undefined; parent = parents.get(parent)) depth++
  return depth
}

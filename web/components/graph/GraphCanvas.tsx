'use client'

import { Background, type Connection, MiniMap, ReactFlow, ReactFlowProvider } from '@xyflow/react'
import { type KeyboardEvent, type MouseEvent, type ReactNode, useMemo, useRef } from 'react'
import { graphText } from '#text/graph'
import { cn } from '#web/components/class-names'
import { FocusContext } from './focus-context'
import { GraphBox } from './GraphBox'
import { GraphControls } from './GraphControls'
import { GraphLine } from './GraphLine'
import './graph.css'
import type { Direction, GraphEdge, GraphNode, Layout } from './graph'
import { PlainNode } from './PlainNode'
import { type BoxNode, type Drawing, toFlowEdges, toFlowNodes } from './to-flow'
import { useGraphKeys } from './use-graph-keys'
import { useLayout } from './use-layout'
import { useView } from './use-view'

export type GraphCanvasProps<N extends GraphNode> = {
  /** What the graph is of, for those who don't see it. */
  label: string
  nodes: readonly N[]
  edges: readonly GraphEdge[]
  direction?: Direction
  /** Of a node, or of an edge that may be selected. */
  selectedKey?: string
  onSelect?(key: string | undefined): void
  /** Enter, or a double click. */
  onOpen?(key: string): void
  /** Keep it the same function: a new one draws every node again. */
  renderNode?(node: N, state: { isSelected: boolean }): ReactNode
  /** A picture: fits, and neither moves nor listens. */
  isStill?: boolean
  /** Keys that the graph itself has no use for, while `key` is selected. */
  onKey?(event: KeyboardEvent, key: string): void
  onContextMenu?(key: string, event: MouseEvent): void
  /** A line was drawn from one node that `isConnectable` to another. */
  onConnect?(from: string, to: string): void
  /** Further buttons beside zoom and fit. */
  controls?: ReactNode
  /** Drawn with the graph; `useReactFlow` works there. Called with the layout that is on view. */
  children?(layout: Layout): ReactNode
}

const nodeTypes = { box: GraphBox }
const edgeTypes = { line: GraphLine }
const manyNodes = 40

/** A graph that can be looked at, moved through by mouse, touch and keyboard. Heavy: loaded by `Graph.tsx`. */
export function GraphCanvas<N extends GraphNode>(props: GraphCanvasProps<N>) {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  )
}

function renderPlainNode(node: GraphNode, { isSelected }: { isSelected: boolean }): ReactNode {
  return <PlainNode node={node} isSelected={isSelected} />
}

function Canvas<N extends GraphNode>({
  label,
  nodes,
  edges,
  direction = 'DOWN',
  selectedKey,
  onSelect,
  onOpen,
  renderNode = renderPlainNode,
  isStill = false,
  onKey,
  onContextMenu,
  onConnect,
  controls,
  children,
}: GraphCanvasProps<N>) {
  const shape = useMemo(() => ({ nodes, edges, direction }), [nodes, edges, direction])
  const placed = useLayout(shape)
  const flowNodes = useFlowNodes(placed && { placed, selectedKey, renderNode })
  const flowEdges = useMemo(() => (placed ? toFlowEdges(placed, selectedKey) : []), [placed, selectedKey])
  const section = useRef<HTMLElement>(null)
  const focusWish = useRef<string>(undefined)
  useView({ layout: placed?.layout, direction: placed?.shape.direction ?? direction, selectedKey, isStill })
  const onKeyDown = useGraphKeys({ placed, selectedKey, onSelect, onOpen, onKey, focusWish })

  return (
    <section
      ref={section}
      tabIndex={-1}
      aria-label={label}
      aria-busy={!placed}
      onKeyDown={isStill ? undefined : onKeyDown}
      className="relative h-full min-h-0 w-full bg-subtle outline-none"
    >
      <FocusContext value={focusWish}>
        <ReactFlow
          nodes={flowNodes}
          edges={flowEdges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          className={cn(placed && 'graph-glides', isStill && 'pointer-events-none')}
          onNodeClick={(_event, node) => onSelect?.(node.id)}
          onNodeDoubleClick={(_event, node) => onOpen?.(node.id)}
          onNodeContextMenu={(event, node) => onContextMenu?.(node.id, event)}
          onEdgeClick={(_event, edge) => {
            if (!edge.interactionWidth) return
            section.current?.focus({ preventScroll: true })
            onSelect?.(edge.id)
          }}
          onPaneClick={() => onSelect?.(undefined)}
          onConnect={({ source, target }: Connection) => onConnect?.(source, target)}
          nodesDraggable={false}
          nodesConnectable={onConnect !== undefined}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          connectOnClick={false}
          deleteKeyCode={null}
          // Its listener hears Space on the whole page, and would keep it from the code editor and from buttons.
          panActivationKeyCode={null}
          selectionKeyCode={null}
          multiSelectionKeyCode={null}
          disableKeyboardA11y
          zoomOnDoubleClick={false}
          panOnDrag={!isStill}
          zoomOnScroll={!isStill}
          zoomOnPinch={!isStill}
          preventScrolling={!isStill}
          onlyRenderVisibleElements
          elevateNodesOnSelect={false}
          minZoom={0.03}
          maxZoom={2}
          proOptions={{ hideAttribution: isStill }}
        >
          {!isStill && <Background gap={20} size={1.5} />}
          {!isStill && <GraphControls>{controls}</GraphControls>}
          {!isStill && nodes.length > manyNodes && (
            <MiniMap
              pannable
              zoomable
              className="max-sm:hidden"
              style={{ width: 140, height: 100 }}
              ariaLabel={graphText.mapOfTheGraph}
            />
          )}
          {placed && children?.(placed.layout)}
        </ReactFlow>
      </FocusContext>
    </section>
  )
}

function useFlowNodes<N extends GraphNode>(drawing: Drawing<N> | undefined): BoxNode[] {
  const drawn = useRef<ReturnType<typeof toFlowNodes<N>>>(new Map())
  const placed = drawing?.placed
  const selectedKey = drawing?.selectedKey
  const renderNode = drawing?.renderNode
  return useMemo(() => {
    if (!placed || !renderNode) return []
    drawn.current = toFlowNodes({ placed, selectedKey, renderNode }, drawn.current)
    return [...drawn.current.values()].map(({ flowNode }) => flowNode)
  }, [placed, selectedKey, renderNode])
}

'use client'

import { Panel } from '@xyflow/react'
import { PanelLeft } from 'lucide-react'
import { type ReactNode, useCallback, useDeferredValue, useMemo, useRef, useState } from 'react'
import type { FlowEdit } from '#language/graph/edit'
import type { Topology } from '#language/graph/topology'
import { commonText } from '#text/common'
import { graphText } from '#text/graph'
import { GraphCanvas } from '#ui/graph/GraphCanvas'
import { Button } from '#ui/ui/button'
import type { Direction } from '#web/components/graph/graph'
import { AddMenu } from './AddMenu'
import { EditDialogs } from './EditDialogs'
import { FlowControls } from './FlowControls'
import { FlowNodeView } from './FlowNodeView'
import { FlowOverlay, type FlowOverlayHandle } from './FlowOverlay'
import { FlowGraphContext } from './flow-graph-context'
import { type FlowNode, flowShape } from './flow-shape'
import type { Marks } from './mark'
import { NotePanel } from './NotePanel'
import { connectEdit } from './node-edits'
import { PluginPicker } from './PluginPicker'
import { indexTopology } from './topology-index'
import { cutEdit, useFlowEditing } from './use-flow-editing'
import { usePalette } from './use-palette'
import { useIsWide } from './use-wide'

export type FlowGraphProps = {
  topology: Topology
  selectedKey?: string
  onSelect?(key: string | undefined): void
  /** Absent: read only. */
  edit?: { onEdit(edit: FlowEdit): void }
  /** By node key: a live state of an execution, or what a revision changed. */
  marks?: Marks
  /** Shown over the graph: "The text has an error; this is how it was before." */
  note?: string
  /** A picture: fits, and neither moves nor listens. */
  isStill?: boolean
}

function renderNode(node: FlowNode, { isSelected }: { isSelected: boolean }): ReactNode {
  return <FlowNodeView node={node} isSelected={isSelected} />
}

const noMarks: Marks = {}
const roomForPalette = 640
/** Beyond it, lines of data over lines of order are a tangle until one asks for them. */
const calmEdges = 40

/** Draws a flow and lets it be drawn. Heavy: loaded by `FlowGraph.tsx`. */
export function FlowGraphView({
  topology,
  selectedKey,
  onSelect,
  edit,
  marks = noMarks,
  note,
  isStill = false,
}: FlowGraphProps) {
  const isEditable = edit !== undefined
  const overlay = useRef<FlowOverlayHandle>(null)
  const { ref: frame, isWide } = useIsWide<HTMLDivElement>(roomForPalette)
  const [isPaletteWanted, setIsPaletteWanted] = useState(true)
  const hasPalette = isEditable && isWide && isPaletteWanted
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set())
  const [direction, setDirection] = useState<Direction>('DOWN')
  const dataCount = topology.edges.filter(({ kind }) => kind === 'data').length
  const [showsDataAs, setShowsDataAs] = useState<boolean>()
  const showsData = showsDataAs ?? (dataCount <= calmEdges && !isStill)

  const index = useMemo(() => indexTopology(topology), [topology])
  const shape = useMemo(
    () => flowShape(topology, { collapsed, isEditable, showsData }),
    [topology, collapsed, isEditable, showsData],
  )
  // A dependency is nothing that others could show: who is chosen outside is a task or a trigger.
  const [edgeKey, setEdgeKey] = useState<string>()
  const chosenKey = topology.edges.some(({ key }) => key === edgeKey) ? edgeKey : selectedKey
  const [isAsked, setIsAsked] = useState(false)
  // A long list, which the graph does not wait for.
  const palette = useDeferredValue(usePalette({ isWanted: hasPalette || isAsked }))
  const editing = useFlowEditing({
    topology,
    index,
    palette,
    selectedKey,
    onEdit: edit?.onEdit,
    onSelect,
    overlay,
    area: frame,
  })
  if (editing.place && !isAsked) setIsAsked(true)

  const toggle = useCallback((key: string) => {
    setCollapsed(before => {
      const next = new Set(before)
      if (!next.delete(key)) next.add(key)
      return next
    })
  }, [])
  const context = {
    marks,
    isEditable,
    toggle,
    onAdd: editing.addAt,
    onMenu: editing.openMenu,
    onPress: editing.pressTask,
    target: editing.target,
    dragged: editing.dragged,
  }

  return (
    <FlowGraphContext value={context}>
      <div ref={frame} className="flex h-full min-h-0 w-full">
        {hasPalette && (
          <aside aria-label={commonText.plugins} className="w-60 shrink-0 border-r bg-surface">
            <PluginPicker
              items={palette?.items}
              recent={editing.recent}
              onPick={editing.pick}
              onPress={editing.pressPlugin}
              className="h-full"
            />
          </aside>
        )}
        <div className="relative min-w-0 flex-1">
          <GraphCanvas
            label={graphText.graphOfTheFlow}
            nodes={shape.nodes}
            edges={shape.edges}
            direction={direction}
            selectedKey={chosenKey}
            onSelect={select}
            onOpen={key => (index.tasks.has(key) ? toggleGroup(key) : isEditable && editing.addAt(key))}
            renderNode={renderNode}
            isStill={isStill}
            onKey={isEditable ? editing.onKey : undefined}
            onContextMenu={(key, event) => {
              if (!isEditable || !isNode(key)) return
              event.preventDefault()
              onSelect?.(key)
              editing.openMenu(key, { x: event.clientX, y: event.clientY })
            }}
            onConnect={isEditable ? (from, to) => editing.change(connectEdit(from, to, index)) : undefined}
            controls={
              <FlowControls
                direction={direction}
                onDirection={setDirection}
                data={dataCount > 0 ? { isShown: showsData, onShow: setShowsDataAs } : undefined}
              />
            }
          >
            {layout => (
              <>
                {note && <NotePanel note={note} />}
                {isEditable && (
                  <>
                    {isWide && (
                      <Panel position="top-left">
                        <Button
                          size="sm"
                          className="shadow-sm"
                          aria-pressed={isPaletteWanted}
                          onClick={() => setIsPaletteWanted(!isPaletteWanted)}
                        >
                          <PanelLeft aria-hidden /> {commonText.plugins}
                        </Button>
                      </Panel>
                    )}
                    <Panel position="top-right">
                      <AddMenu topology={topology} onAdd={editing.setPlace} />
                    </Panel>
                    <FlowOverlay
                      ref={overlay}
                      shape={shape}
                      topology={topology}
                      layout={layout}
                      direction={direction}
                      cutEdge={cutEdit(edgeKey, topology, index) && edgeKey}
                      onAdd={editing.setPlace}
                      onCut={() => editing.change(cutEdit(edgeKey, topology, index))}
                    />
                  </>
                )}
              </>
            )}
          </GraphCanvas>
        </div>
      </div>
      <EditDialogs editing={editing} palette={palette} topology={topology} index={index} />
    </FlowGraphContext>
  )

  function isNode(key: string): boolean {
    return index.tasks.has(key) || index.triggers.has(key)
  }

  /** Frames and places are no parts of the flow that one could look at. */
  function select(key: string | undefined): void {
    const isEdge = key !== undefined && cutEdit(key, topology, index) !== undefined
    setEdgeKey(isEdge ? key : undefined)
    if (!isEdge && (key === undefined || isNode(key))) onSelect?.(key)
  }

  function toggleGroup(key: string): void {
    const node = shape.nodes.find(other => other.key === key)
    if (node?.item.kind === 'task' && node.item.isGroup) toggle(key)
  }
}

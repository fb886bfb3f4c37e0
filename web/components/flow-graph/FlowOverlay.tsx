import { useReactFlow, useStoreApi, ViewportPortal } from '@xyflow/react'
import { X } from 'lucide-react'
import { type Ref, useImperativeHandle, useMemo } from 'react'
import type { Topology } from '#language/graph/topology'
import { graphText } from '#text/graph'
import { middleOf } from '#web/components/graph/edge-path'
import type { Direction, Layout, Point } from '#web/components/graph/graph'
import { slotAt } from './drop'
import type { FlowShape } from './flow-shape'
import { SlotButtons } from './SlotButtons'
import { type Slot, slotsOf } from './slots'

/** What the graph's own canvas is asked from outside. Points are of the window. */
export type FlowOverlayHandle = {
  /** The place that a drop there is for, of those that `isFit`. */
  slotAt(at: Point, isFit: (slot: Slot) => boolean): Slot | undefined
  slotOf(nodeKey: string): Slot | undefined
  /** Moves the view on while a drag is at its edge. */
  panTowards(at: Point): void
}

const edgeZone = 44
const panStep = 9

/** The places for drops over the graph, and the button that takes a chosen dependency away. */
export function FlowOverlay({
  ref,
  shape,
  topology,
  layout,
  direction,
  cutEdge,
  onAdd,
  onCut,
}: {
  ref: Ref<FlowOverlayHandle>
  shape: FlowShape
  topology: Topology
  layout: Layout
  direction: Direction
  /** Key of the chosen dependency. */
  cutEdge: string | undefined
  onAdd: (slot: Slot) => void
  onCut: () => void
}) {
  const { screenToFlowPosition, getViewport, setViewport } = useReactFlow()
  const store = useStoreApi()
  const slots = useMemo(() => slotsOf(shape, topology, layout, direction), [shape, topology, layout, direction])
  const cutAt = middleOf((cutEdge && layout.routes.get(cutEdge)) || [])

  function frame(): DOMRect | undefined {
    return store.getState().domNode?.getBoundingClientRect()
  }

  useImperativeHandle(ref, () => ({
    slotAt(at, isFit) {
      const box = frame()
      if (!box || at.x < box.left || at.x > box.right || at.y < box.top || at.y > box.bottom) return undefined
      return slotAt(screenToFlowPosition(at), slots.filter(isFit), shape, layout)
    },
    slotOf: nodeKey => slots.find(({ node }) => node === nodeKey),
    panTowards(at) {
      const box = frame()
      if (!box || at.x < box.left || at.x > box.right || at.y < box.top || at.y > box.bottom) return
      const x = stepOf(at.x, box.left, box.right)
      const y = stepOf(at.y, box.top, box.bottom)
      const view = getViewport()
      if (x !== 0 || y !== 0) void setViewport({ ...view, x: view.x + x, y: view.y + y })
    },
  }))

  return (
    <>
      <SlotButtons slots={slots} onAdd={onAdd} />
      {cutAt && (
        <ViewportPortal>
          <button
            type="button"
            onClick={onCut}
            title={graphText.noLongerWaitDel}
            aria-label={graphText.noLongerWait}
            className="nopan pointer-events-auto absolute z-[210] grid size-6 place-items-center rounded-full border border-danger bg-surface text-danger hover:bg-danger-soft"
            style={{ transform: `translate(-50%, -50%) translate(${cutAt.x}px, ${cutAt.y}px)` }}
          >
            <X className="size-3.5" />
          </button>
        </ViewportPortal>
      )}
    </>
  )
}

function stepOf(at: number, start: number, end: number): number {
  if (at - start < edgeZone) return panStep
  if (end - at < edgeZone) return -panStep
  return 0
}

import { Handle, type NodeProps, Position } from '@xyflow/react'
import { memo, useContext, useEffect, useRef } from 'react'
import { FocusContext, TabStopContext } from './focus-context'
import type { BoxNode } from './to-flow'

/** A node: what it looks like is the caller's; that it can be reached by keyboard is ours. */
export const GraphBox = memo(function GraphBox({
  id,
  data,
  selected,
  isConnectable,
  sourcePosition = Position.Bottom,
  targetPosition = Position.Top,
}: NodeProps<BoxNode>) {
  const box = useRef<HTMLDivElement>(null)
  const wish = useContext(FocusContext)
  useEffect(() => {
    if (wish.current !== id || !selected) return
    wish.current = undefined
    box.current?.focus({ preventScroll: true })
  })
  return (
    // biome-ignore lint/a11y/useSemanticElements: no field set of a form
    <div
      ref={box}
      role="group"
      tabIndex={data.isTabStop ? 0 : -1}
      aria-current={selected || undefined}
      data-selected={selected || undefined}
      aria-label={data.label}
      data-key={id}
      className="graph-box h-full w-full rounded-lg"
    >
      <TabStopContext value={data.isTabStop}>{data.render()}</TabStopContext>
      {/* Lines end at them; they are seen where one can draw lines oneself. */}
      <Handle type="target" position={targetPosition} isConnectable={isConnectable} />
      <Handle type="source" position={sourcePosition} isConnectable={isConnectable} />
    </div>
  )
})

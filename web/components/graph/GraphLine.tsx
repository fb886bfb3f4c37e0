import { EdgeLabelRenderer, type EdgeProps } from '@xyflow/react'
import { memo } from 'react'
import { edgeColor, type LineEdge } from './to-flow'

const dashes = { solid: undefined, dashed: '5 4', dotted: '2 4' }

/** A line of the graph. */
export const GraphLine = memo(function GraphLine({ data, selected, markerEnd, interactionWidth }: EdgeProps<LineEdge>) {
  if (!data) return null
  const { path, middle, look } = data
  return (
    <>
      <path
        d={path}
        fill="none"
        markerEnd={markerEnd}
        className="graph-line"
        style={{ stroke: selected ? 'var(--accent)' : edgeColor[look], strokeWidth: selected ? 2.5 : 1.5 }}
        strokeDasharray={dashes[look]}
      />
      {Boolean(interactionWidth) && (
        <path
          d={path}
          fill="none"
          strokeOpacity={0}
          strokeWidth={interactionWidth}
          className="react-flow__edge-interaction"
        />
      )}
      {data.label && (
        <EdgeLabelRenderer>
          <span
            className="absolute rounded border bg-bg px-1.5 text-[11px] text-muted"
            style={{ transform: `translate(-50%, -50%) translate(${middle.x}px, ${middle.y}px)` }}
          >
            {data.label}
          </span>
        </EdgeLabelRenderer>
      )}
    </>
  )
})

import { Panel, useReactFlow } from '@xyflow/react'
import { Maximize, Minus, Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { graphText } from '#text/graph'
import { glideMs } from './use-view'

/** Zoom and fit, and what a graph adds of its own. */
export function GraphControls({ children }: { children?: ReactNode }) {
  const { zoomIn, zoomOut, fitView } = useReactFlow()
  return (
    <Panel position="bottom-left" className="flex divide-x overflow-hidden rounded-lg border bg-surface shadow-sm">
      <ControlButton label={graphText.zoomIn} onClick={() => zoomIn({ duration: glideMs })}>
        <Plus />
      </ControlButton>
      <ControlButton label={graphText.zoomOut} onClick={() => zoomOut({ duration: glideMs })}>
        <Minus />
      </ControlButton>
      <ControlButton
        label={graphText.showAll}
        onClick={() => fitView({ duration: glideMs, padding: 0.08, maxZoom: 1 })}
      >
        <Maximize />
      </ControlButton>
      {children}
    </Panel>
  )
}

export function ControlButton({
  label,
  isPressed,
  onClick,
  children,
}: {
  label: string
  isPressed?: boolean
  onClick: () => void
  children: ReactNode
}) {
  return (
    <button
      type="button"
      title={label}
      aria-label={label}
      aria-pressed={isPressed}
      onClick={onClick}
      className="grid size-8 place-items-center text-muted transition-colors hover:bg-hover hover:text-fg focus-visible:outline-offset-[-2px] aria-pressed:text-accent [&_svg]:size-4"
    >
      {children}
    </button>
  )
}

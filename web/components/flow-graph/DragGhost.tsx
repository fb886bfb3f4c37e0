import type { RefObject } from 'react'
import { createPortal } from 'react-dom'
import { PluginIcon } from './PluginIcon'
import type { Dragged } from './use-flow-editing'

/** What is dragged, beside the pointer. */
export function DragGhost({ dragged, ref }: { dragged: Dragged; ref: RefObject<HTMLDivElement | null> }) {
  return createPortal(
    <div
      ref={ref}
      aria-hidden
      data-testid="dragged"
      className="pointer-events-none fixed top-0 left-0 z-[100] flex max-w-60 -rotate-1 items-center gap-2 rounded-lg border border-accent bg-surface py-1.5 pr-3 pl-1.5 shadow-pop"
      style={{ transform: 'translate(-400px, -400px)' }}
    >
      <PluginIcon type={dragged.type} className="size-7" />
      <span className="truncate font-medium text-[13px]">{dragged.name}</span>
    </div>,
    document.body,
  )
}

import { ViewportPortal } from '@xyflow/react'
import { Plus } from 'lucide-react'
import { cn } from '#web/components/class-names'
import { useFlowGraph } from './flow-graph-context'
import type { Slot } from './slots'

/** Too many to step through; the menu of each task adds beside it, too. */
const manyButtons = 60

/** A plus at each place where a task may go. */
export function SlotButtons({ slots, onAdd }: { slots: readonly Slot[]; onAdd: (slot: Slot) => void }) {
  const { dragged, target } = useFlowGraph()
  const buttons = slots.filter(({ node }) => node === undefined)
  return (
    <ViewportPortal>
      {buttons.map(slot => {
        const isLit = dragged?.takes === slot.takes
        const isTarget = target === slot.key
        return (
          <button
            key={slot.key}
            type="button"
            tabIndex={buttons.length > manyButtons ? -1 : 0}
            title={slot.label}
            aria-label={slot.label}
            onClick={() => onAdd(slot)}
            className="nopan pointer-events-auto group/slot absolute z-[200] grid size-7 place-items-center rounded-full outline-offset-[-4px]"
            style={{ transform: `translate(-50%, -50%) translate(${slot.at.x}px, ${slot.at.y}px)` }}
          >
            <span
              className={cn(
                'grid size-[18px] place-items-center rounded-full border border-line-strong bg-surface text-faint transition-[transform,color,background-color]',
                'group-hover/slot:scale-125 group-hover/slot:border-accent group-hover/slot:bg-accent group-hover/slot:text-on-accent',
                isLit && 'scale-110 border-accent bg-accent-soft text-accent',
                isTarget && 'scale-150 border-accent bg-accent text-on-accent ring-4 ring-accent/25',
              )}
            >
              <Plus className="size-3" aria-hidden />
            </span>
          </button>
        )
      })}
    </ViewportPortal>
  )
}

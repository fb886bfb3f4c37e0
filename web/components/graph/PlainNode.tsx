import { cn } from '#web/components/class-names'
import type { GraphNode } from './graph'

/** How a node looks where its graph doesn't say so. */
export function PlainNode({ node, isSelected }: { node: GraphNode; isSelected: boolean }) {
  return (
    <div
      className={cn(
        'flex h-full w-full flex-col rounded-lg border bg-surface px-3 py-2 transition-colors',
        node.group ? 'bg-subtle/60' : 'justify-center hover:border-line-strong',
        isSelected && 'border-accent ring-1 ring-accent',
      )}
    >
      <span className="truncate font-medium text-[13px]">{node.label}</span>
      {node.detail && <span className="truncate text-faint text-xs">{node.detail}</span>}
    </div>
  )
}

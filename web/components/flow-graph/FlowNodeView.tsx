import { Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { graphText } from '#text/graph'
import { cn } from '#web/components/class-names'
import { useFlowGraph } from './flow-graph-context'
import type { FlowNode } from './flow-shape'
import { markLooks } from './mark-looks'
import { TaskHead } from './TaskHead'

type ViewProps = { node: FlowNode; isSelected: boolean }

/** A node of a flow's graph. */
export function FlowNodeView({ node, isSelected }: ViewProps) {
  const { item } = node
  if (item.kind === 'branch')
    return <BranchFrame node={node} isDanger={item.branch.property === 'errors'} label={item.branch.label} />
  if (item.kind === 'empty') return <PlaceNode node={node} label={graphText.addATask} />
  if (item.kind === 'addTrigger') return <PlaceNode node={node} label={graphText.addATrigger} isSmall />
  if (item.kind === 'trigger') {
    return (
      <Card nodeKey={node.key} isSelected={isSelected} className="rounded-[27px] pl-1.5">
        <TaskHead node={item.trigger} />
      </Card>
    )
  }
  const { task, isGroup, isCollapsed } = item
  const fold = isGroup ? (isCollapsed ? 'closed' : 'open') : undefined
  if (!node.group) {
    return (
      <Card
        nodeKey={node.key}
        isSelected={isSelected}
        isDraggable
        className={cn(isCollapsed && 'shadow-[3px_3px_0_-1px_var(--bg),3px_3px_0_0_var(--line-strong)]')}
      >
        <TaskHead node={task} task={task} fold={fold} />
      </Card>
    )
  }
  return (
    <Frame nodeKey={node.key} isSelected={isSelected}>
      <Press nodeKey={node.key} className="h-[52px] rounded-t-xl">
        <TaskHead node={task} task={task} fold={fold} />
      </Press>
    </Frame>
  )
}

function Card({
  nodeKey,
  isSelected,
  isDraggable,
  className,
  children,
}: {
  nodeKey: string
  isSelected: boolean
  isDraggable?: boolean
  className?: string
  children: ReactNode
}) {
  const { marks, dragged } = useFlowGraph()
  const mark = marks[nodeKey]
  return (
    <Press
      nodeKey={isDraggable ? nodeKey : undefined}
      className={cn(
        'h-full rounded-lg border border-line-strong/80 bg-surface shadow-xs transition-[border-color,box-shadow,opacity] hover:border-faint/70 hover:shadow-sm',
        mark && markLooks[mark.tone].frame,
        isSelected && 'border-accent ring-2 ring-accent/30 hover:border-accent',
        dragged?.key === nodeKey && 'opacity-40',
        className,
      )}
    >
      {children}
    </Press>
  )
}

function Frame({ nodeKey, isSelected, children }: { nodeKey: string; isSelected: boolean; children: ReactNode }) {
  const { marks, dragged } = useFlowGraph()
  const mark = marks[nodeKey]
  return (
    <div
      className={cn(
        'h-full rounded-xl border border-line-strong/80 bg-violet-soft/25 transition-[border-color,opacity]',
        mark && markLooks[mark.tone].frame,
        isSelected && 'border-accent ring-2 ring-accent/30',
        dragged?.key === nodeKey && 'opacity-40',
      )}
    >
      {children}
    </div>
  )
}

/** Where a drag of the task begins: by mouse at once; a finger that does not rest first moves the view. */
function Press({
  nodeKey,
  className,
  children,
}: {
  nodeKey: string | undefined
  className: string
  children: ReactNode
}) {
  const { isEditable, onPress } = useFlowGraph()
  const canDrag = isEditable && nodeKey !== undefined
  return (
    <div
      className={cn(
        className,
        canDrag && 'cursor-grab touch-none',
        canDrag && matchMedia('(pointer: fine)').matches && 'nopan',
      )}
      onPointerDown={event => {
        if (canDrag && event.button === 0) onPress(nodeKey, event)
      }}
    >
      {children}
    </div>
  )
}

function BranchFrame({ node, label, isDanger }: { node: FlowNode; label: string; isDanger: boolean }) {
  return (
    <div
      className={cn(
        'h-full rounded-lg border border-dashed bg-bg/60',
        isDanger ? 'border-danger/40' : 'border-line-strong',
        !node.parent && 'bg-bg/80',
      )}
    >
      <span
        className={cn(
          'absolute top-2 left-3 max-w-[calc(100%-24px)] truncate rounded font-medium text-[11px] leading-4',
          isDanger ? 'text-danger' : 'text-muted',
        )}
      >
        {label}
      </span>
    </div>
  )
}

/** A place that waits for its first task, or for one more trigger. */
function PlaceNode({ node, label, isSmall }: { node: FlowNode; label: string; isSmall?: boolean }) {
  const { onAdd, dragged, target } = useFlowGraph()
  const takes = node.item.kind === 'addTrigger' ? 'trigger' : 'task'
  const isTarget = target === node.key
  return (
    <button
      type="button"
      aria-label={`${label}: ${node.label}`}
      onClick={event => {
        event.stopPropagation()
        onAdd(node.key)
      }}
      className={cn(
        'flex h-full w-full items-center justify-center gap-1.5 border border-line-strong border-dashed text-[12px] text-muted transition-colors hover:border-accent hover:bg-accent-soft hover:text-accent',
        isSmall ? 'rounded-full bg-bg' : 'rounded-lg',
        dragged?.takes === takes && 'border-accent text-accent',
        isTarget && 'border-solid bg-accent-soft ring-2 ring-accent/40',
      )}
    >
      <Plus className="size-3.5" aria-hidden /> {label}
    </button>
  )
}

import { ChevronDown, ChevronRight, Ellipsis, Filter, SquareArrowOutUpRight } from 'lucide-react'
import Link from 'next/link'
import { type ReactNode, useContext } from 'react'
import type { NodeBase, TaskNode } from '#language/graph/topology'
import { graphText } from '#text/graph'
import { PluginIcon } from '#ui/flow-graph/PluginIcon'
import { cn } from '#web/components/class-names'
import { TabStopContext } from '#web/components/graph/focus-context'
import { shortType } from '#web/components/short-type'
import { useTenant } from '#web/components/tenant'
import { useFlowGraph } from './flow-graph-context'
import { MarkSign } from './MarkSign'

/** Icon, id and type, and what is said of the node: a card's whole, or the head of a group. */
export function TaskHead({ node, task, fold }: { node: NodeBase; task?: TaskNode; fold?: 'open' | 'closed' }) {
  const { marks, isEditable, toggle, onMenu } = useFlowGraph()
  const mark = marks[node.key]
  return (
    <div className={cn('group/head flex h-full min-w-0 items-center gap-2.5 px-2.5', node.isDisabled && 'opacity-55')}>
      <PluginIcon type={node.type} className={cn(node.isDisabled && 'grayscale')} />
      <div className="min-w-0 flex-1">
        <div
          className={cn('truncate font-medium text-[13px] leading-[18px]', node.isDisabled && 'line-through')}
          title={node.description ?? node.id}
        >
          {node.id ?? <span className="text-danger">{graphText.noId}</span>}
        </div>
        <div className="flex items-center gap-1 text-[11px] text-faint leading-4">
          <span className="truncate" title={node.type}>
            {node.isDisabled ? graphText.disabled : node.type ? shortType(node.type) : graphText.noType}
          </span>
          {mark?.detail && <span className="ml-auto shrink-0 pl-1 text-muted tabular-nums">{mark.detail}</span>}
        </div>
      </div>
      {task?.condition !== undefined && (
        <span title={graphText.onlyIf(task.condition)} className="shrink-0 text-violet">
          <Filter className="size-3.5" aria-hidden />
        </span>
      )}
      {task?.subflow && <FlowLink {...task.subflow} />}
      {mark && <MarkSign mark={mark} />}
      {fold && (
        <HeadButton
          label={fold === 'open' ? graphText.close(node.id) : graphText.open(node.id)}
          onPress={() => toggle(node.key)}
        >
          {fold === 'open' ? <ChevronDown /> : <ChevronRight />}
        </HeadButton>
      )}
      {isEditable && (
        <HeadButton
          label={graphText.actionsOf(node.id)}
          className="-mr-1 opacity-0 focus-visible:opacity-100 group-hover/head:opacity-100 in-data-selected:opacity-100"
          onPress={at => onMenu(node.key, at)}
        >
          <Ellipsis />
        </HeadButton>
      )}
    </div>
  )
}

function HeadButton({
  label,
  className,
  onPress,
  children,
}: {
  label: string
  className?: string
  onPress: (at: { x: number; y: number }) => void
  children: ReactNode
}) {
  const isTabStop = useContext(TabStopContext)
  return (
    <button
      type="button"
      tabIndex={isTabStop ? 0 : -1}
      title={label}
      aria-label={label}
      className={cn(
        'nodrag grid size-6 shrink-0 place-items-center rounded text-muted hover:bg-hover hover:text-fg [&_svg]:size-4',
        className,
      )}
      onPointerDown={event => event.stopPropagation()}
      onDoubleClick={event => event.stopPropagation()}
      onClick={event => {
        event.stopPropagation()
        const { left, bottom } = event.currentTarget.getBoundingClientRect()
        onPress({ x: left, y: bottom })
      }}
    >
      {children}
    </button>
  )
}

function FlowLink({ namespace, flowId }: { namespace: string; flowId: string }) {
  const tenant = useTenant()
  const isTabStop = useContext(TabStopContext)
  const isKnown = !namespace.includes('{{') && !flowId.includes('{{')
  if (!isKnown) return null
  return (
    <Link
      href={`/${tenant}/flows/${namespace}/${flowId}`}
      tabIndex={isTabStop ? 0 : -1}
      title={graphText.openTheFlow(namespace, flowId)}
      aria-label={graphText.openTheFlow(namespace, flowId)}
      className="grid size-6 shrink-0 place-items-center rounded text-muted hover:bg-hover hover:text-accent"
      onPointerDown={event => event.stopPropagation()}
      onClick={event => event.stopPropagation()}
    >
      <SquareArrowOutUpRight className="size-3.5" />
    </Link>
  )
}

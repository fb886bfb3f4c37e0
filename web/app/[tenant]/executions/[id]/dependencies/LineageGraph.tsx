'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, useMemo } from 'react'
import { dependenciesText } from '#text/dependencies'
import { StateBadge } from '#ui/execution/StateBadge'
import { Graph } from '#ui/graph/Graph'
import { cn } from '#web/components/class-names'
import type { GraphEdge, GraphNode } from '#web/components/graph/graph'
import { useTenant } from '#web/components/tenant'
import type { Outputs } from '#web/components/trpc'

type Lineage = Outputs['execution']['lineage']

const looks = { calls: 'solid', starts: 'dashed', replays: 'dotted' } as const

/** Executions that led to each other; Enter or a double click opens one. */
export function LineageGraph({ lineage, id }: { lineage: Lineage; id: string }) {
  const tenant = useTenant()
  const router = useRouter()
  const { nodes, edges, renderNode } = useMemo(() => {
    const byId = new Map(lineage.executions.map(execution => [execution.id, execution]))
    const drawn: GraphNode[] = lineage.executions.map(execution => ({
      ...{ key: execution.id, label: execution.flowId, width: 220, height: 64 },
      detail: `${execution.namespace}, ${execution.state}`,
    }))
    const lines = lineage.executions.flatMap(({ id: to, cause }): GraphEdge[] =>
      cause && byId.has(cause.from)
        ? [
            {
              ...{ key: `${cause.from} ${to}`, from: cause.from, to, look: looks[cause.kind] },
              label: cause.via ?? dependenciesText.ledTo[cause.kind],
            },
          ]
        : [],
    )
    function render(node: GraphNode, { isSelected }: { isSelected: boolean }): ReactNode {
      const execution = byId.get(node.key)
      return (
        <div
          className={cn(
            'flex h-full w-full items-center gap-2 rounded-lg border bg-surface px-3 py-2 hover:border-line-strong',
            node.key === id && 'border-line-strong bg-subtle',
            isSelected && 'border-accent ring-1 ring-accent',
          )}
        >
          <span className="min-w-0 flex-1">
            <span className="block truncate font-medium text-[13px]">{node.label}</span>
            <span className="block truncate font-mono text-faint text-xs">{node.key.slice(0, 8)}</span>
          </span>
          {execution && <StateBadge state={execution.state} />}
        </div>
      )
    }
    return { nodes: drawn, edges: lines, renderNode: render }
  }, [lineage, id])
  return (
    <div className="h-80 overflow-hidden rounded-lg border">
      <Graph
        label={dependenciesText.graphOfExecutions}
        nodes={nodes}
        edges={edges}
        direction="RIGHT"
        renderNode={renderNode}
        onOpen={key => key !== id && router.push(`/${tenant}/executions/${key}?tab=dependencies`)}
      />
    </div>
  )
}

'use client'

import { useQuery } from '@tanstack/react-query'
import { Gauge } from 'lucide-react'
import { LoadProblem } from '#ui/LoadProblem'
import { EmptyState } from '#ui/ui/empty-state'
import { SkeletonRows } from '#ui/ui/skeleton'
import { Table, Td, Th, Tr } from '#ui/ui/table'
import { useTenant } from '#web/components/tenant'
import { formatDuration } from '#web/components/time'
import { useTRPC } from '#web/components/trpc'

const refreshMs = 2000

export function MetricsTab({ executionId, isLive }: { executionId: string; isLive: boolean }) {
  const trpc = useTRPC()
  const metrics = useQuery(
    trpc.execution.metrics.queryOptions(
      { tenant: useTenant(), id: executionId },
      { refetchInterval: isLive ? refreshMs : false },
    ),
  )
  if (metrics.isPending) return <SkeletonRows />
  if (metrics.isError) return <LoadProblem error={metrics.error} onRetry={() => metrics.refetch()} />
  const rows = metrics.data.results
  if (rows.length === 0) {
    return (
      <EmptyState icon={Gauge} title="No metrics" text="Tasks report counts and times here: rows, bytes, durations." />
    )
  }
  return (
    <Table>
      <thead>
        <tr>
          <Th>Task</Th>
          <Th>Metric</Th>
          <Th className="text-right">Value</Th>
          <Th className="hidden sm:table-cell">Tags</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((metric, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: metrics are only ever appended
          <Tr key={index}>
            <Td className="font-medium">{metric.taskId}</Td>
            <Td>
              {metric.name} <span className="text-faint text-xs">{metric.type}</span>
            </Td>
            <Td className="text-right tabular-nums">
              {metric.type === 'timer' ? formatDuration(metric.value * 1000) : metric.value.toLocaleString()}
            </Td>
            <Td className="hidden text-muted text-xs sm:table-cell">
              {Object.entries(metric.tags)
                .map(([key, value]) => `${key}: ${String(value)}`)
                .join(', ')}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}

'use client'

import { useQuery } from '@tanstack/react-query'
import { Gauge } from 'lucide-react'
import { commonText } from '#text/common'
import { executionText } from '#text/execution'
import { LoadProblem } from '#ui/LoadProblem'
import { EmptyState } from '#ui/ui/empty-state'
import { SkeletonRows } from '#ui/ui/skeleton'
import { Table, Td, Th, Tr } from '#ui/ui/table'
import { useTenant } from '#web/components/tenant'
import { formatDuration } from '#web/components/time'
import { useTRPC } from '#web/components/trpc'

const refreshMs = 2000
/** A loop may write thousands: the others are in the API. */
const mostRows = 1000

export function MetricsTab({ executionId, isLive }: { executionId: string; isLive: boolean }) {
  const trpc = useTRPC()
  const tenant = useTenant()
  const metrics = useQuery(
    trpc.execution.metrics.queryOptions({ tenant, id: executionId }, { refetchInterval: isLive ? refreshMs : false }),
  )
  if (metrics.isPending) return <SkeletonRows />
  if (metrics.isLoadingError) return <LoadProblem error={metrics.error} onRetry={() => metrics.refetch()} />
  const rows = metrics.data.results
  if (rows.length === 0) {
    return <EmptyState icon={Gauge} title={executionText.noMetrics} text={executionText.whatMetricsAre} />
  }
  return (
    <>
      <Table>
        <thead>
          <tr>
            <Th>{commonText.task}</Th>
            <Th>{executionText.metric}</Th>
            <Th className="text-right">{commonText.value}</Th>
            <Th className="hidden sm:table-cell">{executionText.tags}</Th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, mostRows).map((metric, index) => (
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
      {rows.length > mostRows && (
        <p className="px-4 py-2 text-faint text-xs sm:px-6">
          {executionText.moreMetrics(
            (rows.length - mostRows).toLocaleString(),
            `GET /api/v1/${tenant}/metrics/${executionId}`,
          )}
        </p>
      )}
    </>
  )
}

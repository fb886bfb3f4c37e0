'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { ChartNoAxesGantt } from 'lucide-react'
import { useRef } from 'react'
import { executionText } from '#text/execution'
import { EmptyState } from '#ui/ui/empty-state'
import { ScrollRegion } from '#ui/ui/scroll-region'
import { formatDuration, useNow } from '#web/components/time'
import type { Execution } from '#web/server/executions/execution'
import { GanttBar } from './GanttBar'
import { chartOf, ticksOf } from './gantt-rows'

const rowHeightPx = 36
const everyMs = 100

/** When each task ran, live; draws only the rows in sight. */
export function GanttTab({
  execution,
  isLive,
  onShowLogs,
}: {
  execution: Execution
  isLive: boolean
  onShowLogs: (task?: string) => void
}) {
  const box = useRef<HTMLDivElement>(null)
  const now = useNow(isLive, everyMs)
  const { rows, spanMs } = chartOf(execution, now)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeightPx,
    overscan: 10,
  })
  if (rows.length === 0) {
    return (
      <EmptyState icon={ChartNoAxesGantt} title={executionText.noTaskHasBegun} text={executionText.barsAppearHere} />
    )
  }
  return (
    <ScrollRegion ref={box} aria-label={executionText.gantt}>
      <Axis spanMs={spanMs} />
      <ol className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index]
          return (
            row && (
              <li key={row.taskRun.id} className="absolute inset-x-0" style={{ top: start, height: rowHeightPx }}>
                <GanttBar row={row} onClick={() => onShowLogs(row.taskRun.taskId)} />
              </li>
            )
          )
        })}
      </ol>
    </ScrollRegion>
  )
}

function Axis({ spanMs }: { spanMs: number }) {
  return (
    <div className="sticky top-0 z-10 flex h-8 border-b bg-bg text-faint text-xs tabular-nums">
      <div className="w-32 shrink-0 sm:w-64" />
      <div className="relative mr-20 flex-1">
        {ticksOf(spanMs).map(tick => (
          <span
            key={tick}
            className="absolute top-2 hidden whitespace-nowrap border-l pl-1 first:inline sm:inline"
            style={{ left: `${(tick / spanMs) * 100}%` }}
          >
            {tick === 0 ? '0' : formatDuration(tick)}
          </span>
        ))}
      </div>
    </div>
  )
}

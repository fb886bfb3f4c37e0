'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { dashboardText } from '#text/dashboard'
import { Skeleton } from '#ui/ui/skeleton'
import { useTenant } from '#web/components/tenant'
import { formatDuration, useNow } from '#web/components/time'
import { useTRPC } from '#web/components/trpc'
import type { DashboardPlace } from './Dashboard'

const refreshMs = 30_000

/** The schedules that are due next, and in how long. */
export function UpcomingList({ place }: { place: DashboardPlace }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const now = useNow(true, 1000)
  const upcoming = useQuery(trpc.dashboard.upcoming.queryOptions({ tenant, ...place }, { refetchInterval: refreshMs }))
  if (upcoming.isPending) return <Skeleton className="h-24" />
  const rows = upcoming.data ?? []
  if (rows.length === 0) return <p className="py-2 text-[13px] text-muted">{dashboardText.noScheduleIsDue}</p>
  return (
    <ol className="divide-y">
      {rows.map(({ namespace, flowId, triggerId, nextDate }) => (
        <li key={`${namespace} ${flowId} ${triggerId}`}>
          <Link
            href={`/${tenant}/flows/${namespace}/${flowId}?tab=triggers`}
            className="flex items-center gap-3 py-1.5 text-[13px] hover:text-accent"
            title={dashboardText.triggerOf(namespace, flowId, triggerId)}
          >
            <span className="min-w-0 flex-1 truncate">
              <span className="font-medium">{flowId}</span> <span className="text-faint text-xs">{triggerId}</span>
            </span>
            <time
              dateTime={nextDate}
              title={new Date(nextDate).toLocaleString()}
              className="whitespace-nowrap text-muted text-xs tabular-nums"
              suppressHydrationWarning
            >
              {Date.parse(nextDate) <= now
                ? dashboardText.due
                : dashboardText.dueIn(formatDuration(Date.parse(nextDate) - now))}
            </time>
          </Link>
        </li>
      ))}
    </ol>
  )
}

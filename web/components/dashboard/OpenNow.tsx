'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { executionStates, isTerminal } from '#language/states'
import { dashboardText } from '#text/dashboard'
import { Duration } from '#ui/execution/Duration'
import { StateBadge } from '#ui/execution/StateBadge'
import { Skeleton } from '#ui/ui/skeleton'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import type { DashboardPlace } from './Dashboard'

const most = 6
const refreshMs = 5_000
const openStates = executionStates.filter(state => !isTerminal(state))

/** The newest executions that have not ended. */
export function OpenNow({ place }: { place: DashboardPlace }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const open = useQuery(
    trpc.execution.list.queryOptions(
      { tenant, ...place, state: openStates, limit: most, withTotal: false },
      { refetchInterval: refreshMs },
    ),
  )
  if (open.isPending) return <Skeleton className="h-24" />
  const rows = open.data?.results ?? []
  if (rows.length === 0) return <p className="py-2 text-[13px] text-muted">{dashboardText.nothingRunsOrWaits}</p>
  return (
    <ol className="divide-y">
      {rows.map(({ id, flowId, namespace, state }) => (
        <li key={id}>
          <Link
            href={`/${tenant}/executions/${id}`}
            className="flex items-center gap-3 py-1.5 text-[13px] hover:text-accent"
            title={`${namespace}.${flowId} ${id}`}
          >
            <span className="min-w-0 flex-1 truncate font-medium">{flowId}</span>
            <span className="text-muted text-xs">
              <Duration state={state} />
            </span>
            <StateBadge state={state.current} />
          </Link>
        </li>
      ))}
    </ol>
  )
}

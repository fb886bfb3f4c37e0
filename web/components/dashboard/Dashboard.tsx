'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ChartColumn } from 'lucide-react'
import { commonText } from '#text/common'
import { dashboardText } from '#text/dashboard'
import { LoadProblem } from '#ui/LoadProblem'
import { EmptyState } from '#ui/ui/empty-state'
import { SkeletonRows } from '#ui/ui/skeleton'
import { cn } from '#web/components/class-names'
import { useMay, useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { DurationLines } from './DurationLines'
import { FlowFailures } from './FlowFailures'
import { MonthUsage } from './MonthUsage'
import { OpenNow } from './OpenNow'
import { Panel } from './Panel'
import { useRange } from './RangeSelect'
import { StateBars } from './StateBars'
import { StateLegend } from './StateLegend'
import { Tiles } from './Tiles'
import { UpcomingList } from './UpcomingList'

const refreshMs = 10_000

export type DashboardPlace = { namespace?: string; flowId?: string }

/** What ran in the range of the address: of the whole tenant, of a namespace with those below it, or of a flow. */
export function Dashboard({ namespace, flowId }: DashboardPlace) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const may = useMay()
  const [within] = useRange()
  const place = { namespace, flowId }
  const options = { refetchInterval: refreshMs, placeholderData: keepPreviousData }
  const dashboard = useQuery(trpc.dashboard.read.queryOptions({ tenant, ...place, within }, options))
  const { data } = dashboard
  if (dashboard.isError && !data) return <LoadProblem error={dashboard.error} onRetry={() => dashboard.refetch()} />
  if (!data) return <SkeletonRows count={6} />
  const hasRun = Object.keys(data.states).length > 0
  return (
    <div className="space-y-4 p-4 pt-1 sm:p-6 sm:pt-1">
      <Tiles data={data} place={place} />
      <Panel title={commonText.executions} note={<StateLegend data={data} place={place} />}>
        {hasRun ? (
          <StateBars data={data} place={place} />
        ) : (
          <EmptyState
            icon={ChartColumn}
            title={dashboardText.nothingRan[within]}
            text={dashboardText.chooseLongerRangeOpen}
          />
        )}
      </Panel>
      {hasRun && (
        <div className={cn('grid gap-4', flowId === undefined && 'lg:grid-cols-2')}>
          <Panel
            title={dashboardText.durations}
            note={<span className="text-faint text-xs">{dashboardText.halfAnd95}</span>}
          >
            <DurationLines data={data} />
          </Panel>
          {flowId === undefined && (
            <Panel title={dashboardText.failuresByFlow}>
              <FlowFailures data={data} />
            </Panel>
          )}
        </div>
      )}
      <div className="grid gap-4 lg:grid-cols-2 xl:grid-cols-3">
        <Panel title={dashboardText.runningNow}>
          <OpenNow place={place} />
        </Panel>
        {may('TRIGGER:READ', namespace) && (
          <Panel title={dashboardText.nextScheduled}>
            <UpcomingList place={place} />
          </Panel>
        )}
        {namespace === undefined && may('BILLING:READ') && (
          <Panel title={dashboardText.usage}>
            <MonthUsage />
          </Panel>
        )}
      </div>
    </div>
  )
}

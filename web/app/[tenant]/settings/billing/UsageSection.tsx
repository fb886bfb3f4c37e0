'use client'

import { useQuery } from '@tanstack/react-query'
import { ChartColumn } from 'lucide-react'
import { settingsText } from '#text/settings'
import { LoadProblem } from '#ui/LoadProblem'
import { EmptyState } from '#ui/ui/empty-state'
import { NativeSelect } from '#ui/ui/input'
import { SkeletonRows } from '#ui/ui/skeleton'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { useUrlState } from '#web/components/url-state'
import { UsageChart } from './UsageChart'
import { FlowUsage, NamespaceUsage } from './UsageTables'

const spans = [7, 30, 90]

/** What was used in the last days: by day, flow and namespace. */
export function UsageSection() {
  const tenant = useTenant()
  const trpc = useTRPC()
  const [params, setParams] = useUrlState()
  const days = spans.find(span => String(span) === params.get('days')) ?? 30
  const usage = useQuery(trpc.billing.usage.queryOptions({ tenant, days }, { placeholderData: last => last }))
  const { data } = usage
  return (
    <section aria-labelledby="usage" className="grid grid-cols-1 gap-4">
      <div className="flex items-center justify-between gap-3">
        <h2 id="usage" className="font-semibold text-sm">
          {settingsText.usage}
        </h2>
        <NativeSelect
          aria-label={settingsText.span}
          className="w-36"
          value={days}
          onChange={event => setParams({ days: event.target.value === '30' ? undefined : event.target.value })}
        >
          {spans.map(span => (
            <option key={span} value={span}>
              {settingsText.lastDays(span)}
            </option>
          ))}
        </NativeSelect>
      </div>
      {usage.isPending && <SkeletonRows count={3} />}
      {usage.isError && <LoadProblem error={usage.error} onRetry={() => usage.refetch()} />}
      {data && data.flows.length === 0 && data.namespaces.length === 0 && (
        <EmptyState icon={ChartColumn} title={settingsText.nothingUsedYet} text={settingsText.whatIsCounted} />
      )}
      {data && data.flows.length > 0 && <UsageChart days={data.days} />}
      {data && data.flows.length > 0 && <FlowUsage flows={data.flows} />}
      {data && data.namespaces.length > 0 && <NamespaceUsage namespaces={data.namespaces} />}
    </section>
  )
}

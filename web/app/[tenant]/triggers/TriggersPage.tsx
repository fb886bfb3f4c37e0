'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { CalendarClock, Search } from 'lucide-react'
import { commonText } from '#text/common'
import { triggerText } from '#text/trigger'
import { LoadMore } from '#ui/LoadMore'
import { LoadProblem } from '#ui/LoadProblem'
import { SearchInput } from '#ui/SearchInput'
import { PageHeader } from '#ui/shell/PageHeader'
import { TriggersTable } from '#ui/triggers/TriggersTable'
import { Button } from '#ui/ui/button'
import { EmptyState } from '#ui/ui/empty-state'
import { NativeSelect } from '#ui/ui/input'
import { SkeletonRows } from '#ui/ui/skeleton'
import { useTenant } from '#web/components/tenant'
import { kindNames, kinds } from '#web/components/triggers/kinds'
import { useTRPC } from '#web/components/trpc'
import { useUrlState } from '#web/components/url-state'
import { filtersOf, isFiltered, noFilters, statuses } from './filters'

const pageSize = 50
const refreshMs = 3000

export function TriggersPage() {
  const tenant = useTenant()
  const trpc = useTRPC()
  const [params, setParams] = useUrlState()
  const filters = filtersOf(params)
  const { q, kind, status } = filters
  const triggers = useInfiniteQuery(
    trpc.trigger.list.infiniteQueryOptions(
      { tenant, q, kind, limit: pageSize, ...(status && statuses[status].asks) },
      { getNextPageParam: page => page.nextCursor, refetchInterval: refreshMs },
    ),
  )
  const rows = triggers.data?.pages.flatMap(page => page.results) ?? []
  const isEmpty = triggers.isSuccess && rows.length === 0

  return (
    <>
      <PageHeader title={commonText.triggers} />
      {!(isEmpty && !isFiltered(filters)) && (
        <div className="flex flex-wrap gap-2 border-b px-4 pb-3 sm:px-6">
          <SearchInput label={triggerText.searchTriggers} value={q} onChange={value => setParams({ q: value })} />
          <NativeSelect
            aria-label={commonText.kind}
            className="w-auto"
            value={kind ?? ''}
            onChange={event => setParams({ kind: event.target.value || undefined })}
          >
            <option value="">{triggerText.anyKind}</option>
            {kindNames.map(name => (
              <option key={name} value={name}>
                {kinds[name].label}
              </option>
            ))}
          </NativeSelect>
          <NativeSelect
            aria-label={triggerText.status}
            className="w-auto"
            value={status ?? ''}
            onChange={event => setParams({ status: event.target.value || undefined })}
          >
            <option value="">{triggerText.anyStatus}</option>
            {Object.entries(statuses).map(([name, { label }]) => (
              <option key={name} value={name}>
                {label}
              </option>
            ))}
          </NativeSelect>
        </div>
      )}
      {triggers.isPending && <SkeletonRows />}
      {triggers.isError && <LoadProblem error={triggers.error} onRetry={() => triggers.refetch()} />}
      {rows.length > 0 && <TriggersTable triggers={rows} />}
      {isEmpty && isFiltered(filters) && (
        <EmptyState icon={Search} title={triggerText.noTriggerMatches} text={triggerText.loosenTheFilters}>
          <Button onClick={() => setParams(noFilters)}>{commonText.clearTheFilters}</Button>
        </EmptyState>
      )}
      {isEmpty && !isFiltered(filters) && (
        <EmptyState
          icon={CalendarClock}
          title={triggerText.noFlowStartsByItself}
          text={triggerText.whatTriggersDo(<code className="font-mono text-xs">triggers:</code>)}
        />
      )}
      <LoadMore query={triggers} />
    </>
  )
}

'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { Play, Search } from 'lucide-react'
import { LoadMore } from '#ui/LoadMore'
import { LoadProblem } from '#ui/LoadProblem'
import { Button } from '#ui/ui/button'
import { EmptyState } from '#ui/ui/empty-state'
import { SkeletonRows } from '#ui/ui/skeleton'
import { useTenant } from '#web/components/tenant'
import { useTRPC } from '#web/components/trpc'
import { useUrlState } from '#web/components/url-state'
import { ExecutionFilters } from './ExecutionFilters'
import { ExecutionTable } from './ExecutionTable'
import { filtersOf, isFiltered, noFilters, startDateOf } from './filters'

const pageSize = 50
const refreshMs = 3_000

/** Executions by the filters in the address; `fixed` ones are the page's own. Renews itself. */
export function ExecutionList({ fixed }: { fixed?: { namespace: string; flowId: string } }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const [params, setParams] = useUrlState()
  const filters = filtersOf(params)
  const executions = useInfiniteQuery(
    trpc.execution.list.infiniteQueryOptions(
      {
        tenant,
        q: filters.q,
        state: filters.states.length > 0 ? filters.states : undefined,
        namespace: fixed?.namespace ?? filters.namespace,
        flowId: fixed?.flowId ?? filters.flow,
        startDate: startDateOf(filters.within),
        limit: pageSize,
      },
      { getNextPageParam: page => page.nextCursor, refetchInterval: refreshMs },
    ),
  )
  const rows = executions.data?.pages.flatMap(page => page.results) ?? []
  const isEmpty = executions.isSuccess && rows.length === 0

  return (
    <>
      <ExecutionFilters filters={filters} isFlowFixed={fixed !== undefined} onChange={setParams} />
      {executions.isPending && <SkeletonRows />}
      {executions.isError && <LoadProblem error={executions.error} onRetry={() => executions.refetch()} />}
      {rows.length > 0 && <ExecutionTable executions={rows} showsFlow={!fixed} />}
      {isEmpty && isFiltered(filters) && (
        <EmptyState icon={Search} title="No execution matches" text="Loosen the filters to see more.">
          <Button onClick={() => setParams(noFilters)}>Clear the filters</Button>
        </EmptyState>
      )}
      {isEmpty && !isFiltered(filters) && (
        <EmptyState
          icon={Play}
          title="Nothing has run yet"
          text={
            fixed
              ? 'Press Execute above: the run appears here at once.'
              : 'Open a flow and press Execute: its runs appear here.'
          }
        />
      )}
      <LoadMore query={executions} />
    </>
  )
}

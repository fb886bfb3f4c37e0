'use client'

import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Play, Search } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useEffect, useState } from 'react'
import { commonText } from '#text/common'
import { executionText } from '#text/execution'
import { LoadMore } from '#ui/LoadMore'
import { LoadProblem } from '#ui/LoadProblem'
import { Button } from '#ui/ui/button'
import { EmptyState } from '#ui/ui/empty-state'
import { SkeletonRows } from '#ui/ui/skeleton'
import { useTenant } from '#web/components/tenant'
import { useTRPC, useTRPCClient } from '#web/components/trpc'
import { useUrlState } from '#web/components/url-state'
import type { BulkFilter } from './bulk/use-bulk'
import { useSelection } from './bulk/use-selection'
import { ExecutionFilters } from './ExecutionFilters'
import { ExecutionTable } from './ExecutionTable'
import { filtersOf, isFiltered, noFilters, startDateOf } from './filters'

/** Loaded once something is chosen: its dialogs are many. */
const BulkBar = dynamic(() => import('./bulk/BulkBar').then(module => module.BulkBar))

const pageSize = 50
const refreshMs = 3_000
/** Who has paged further reads what is there: all of it would be asked for again. */
const renewedPages = 3
/** A search goes on by itself through so many pages that hold too little. */
const mostSteps = 100
/** The server counts no further (web/server/paging.ts). */
const countedUpTo = 10_000

/** Executions by the filters in the address; `fixed` ones are the page's own. Renews itself unless that is switched off. */
export function ExecutionList({ fixed }: { fixed?: { namespace: string; flowId: string } }) {
  const tenant = useTenant()
  const trpc = useTRPC()
  const client = useTRPCClient()
  const [params, setParams] = useUrlState()
  const filters = filtersOf(params)
  const filter: BulkFilter = {
    q: filters.q,
    state: filters.states.length > 0 ? filters.states : undefined,
    namespace: fixed?.namespace ?? filters.namespace,
    flowId: fixed?.flowId ?? filters.flow,
    labels: filters.labels.length > 0 ? filters.labels : undefined,
    startDate: filters.from ?? startDateOf(filters.within),
    endDate: filters.to,
  }
  const { startDate: _moves, ...still } = filter
  const selection = useSelection(JSON.stringify([still, filters.within, filters.from]))
  const [isRenewed, setIsRenewed] = useState(true)
  // A range that ends now begins later each minute. It is the same question, else the list would be gone for a moment.
  const asked = { tenant, ...still, startDate: filters.from, within: filters.within, limit: pageSize, withTotal: false }
  const executions = useInfiniteQuery({
    queryKey: trpc.execution.list.infiniteQueryKey(asked),
    queryFn: ({ pageParam: cursor }) => {
      const { within, startDate = startDateOf(within), ...rest } = asked
      return client.execution.list.query({ ...rest, startDate, cursor })
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => page.nextCursor,
    refetchInterval: ({ state }) => isRenewed && (state.data?.pages.length ?? 0) <= renewedPages && refreshMs,
  })
  const rows = executions.data?.pages.flatMap(page => page.results) ?? []
  const steps = executions.data?.pages.length ?? 0
  const { hasNextPage, isFetching, fetchNextPage } = executions
  // A page may hold little of what is rare: the next is asked for until one page is full.
  const isSearching = hasNextPage && rows.length < pageSize && steps < mostSteps
  useEffect(() => {
    if (isSearching && !isFetching) void fetchNextPage()
  }, [isSearching, isFetching, fetchNextPage])
  const counted = useQuery(
    trpc.execution.list.queryOptions(
      { tenant, ...filter, limit: 1 },
      { enabled: selection.ids.size > 0, placeholderData: keepPreviousData },
    ),
  )
  const total = counted.data?.total ?? 0
  const isEmpty = executions.isSuccess && rows.length === 0 && !isSearching

  return (
    <>
      <ExecutionFilters
        filters={filters}
        isFlowFixed={fixed !== undefined}
        onChange={setParams}
        renewal={{
          isOn: isRenewed,
          isBusy: executions.isRefetching,
          onChange: setIsRenewed,
          renew: executions.refetch,
        }}
      />
      {executions.isPending && <SkeletonRows />}
      {executions.isError && <LoadProblem error={executions.error} onRetry={() => executions.refetch()} />}
      {selection.ids.size > 0 && (
        <BulkBar selection={selection} filter={filter} matching={{ count: total, isMore: total >= countedUpTo }} />
      )}
      {rows.length > 0 && <ExecutionTable executions={rows} showsFlow={!fixed} selection={selection} />}
      {isEmpty && isFiltered(filters) && (
        <EmptyState icon={Search} title={executionText.noExecutionMatches} text={executionText.loosenTheFilters}>
          <Button onClick={() => setParams(noFilters)}>{commonText.clearTheFilters}</Button>
        </EmptyState>
      )}
      {isEmpty && !isFiltered(filters) && (
        <EmptyState
          icon={Play}
          title={executionText.nothingHasRunYet}
          text={fixed ? executionText.pressExecuteAbove : executionText.openAFlow}
        />
      )}
      <LoadMore query={executions} label={isSearching ? executionText.searching : undefined} />
    </>
  )
}

'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { ScrollText } from 'lucide-react'
import Link from 'next/link'
import { useEffect, useState } from 'react'
import { commonText } from '#text/common'
import { logsText } from '#text/logs'
import { LoadProblem } from '#ui/LoadProblem'
import { LogLine } from '#ui/logs/LogLine'
import { PageHeader } from '#ui/shell/PageHeader'
import { Button } from '#ui/ui/button'
import { EmptyState } from '#ui/ui/empty-state'
import { SkeletonRows } from '#ui/ui/skeleton'
import { startDateOf } from '#web/components/execution/filters'
import { useTenant } from '#web/components/tenant'
import { useTRPC, useTRPCClient } from '#web/components/trpc'
import { useUrlState } from '#web/components/url-state'
import type { LogEntry } from '#web/server/executions/execution'
import { LogFilterBar } from './LogFilterBar'
import { isNarrowed, logFiltersOf, noFilters } from './log-page-filters'

const pageSize = 100
const refreshMs = 3_000
/** A search goes on by itself through so many answers that hold too little. */
const mostSteps = 100

/** Lines of all executions, the newest first. */
export function LogsPage() {
  const tenant = useTenant()
  const trpc = useTRPC()
  const client = useTRPCClient()
  const [params, setParams] = useUrlState()
  const [isLive, setIsLive] = useState(true)
  const filters = logFiltersOf(params)
  const { q, minLevel, namespace, flow: flowId, within } = filters
  // The range begins later each minute. It is the same question, else the lines would be gone for a moment.
  const asked = { tenant, q, minLevel, namespace, flowId, within, limit: pageSize }
  const logs = useInfiniteQuery({
    queryKey: trpc.log.list.infiniteQueryKey(asked),
    queryFn: ({ pageParam: cursor }) => {
      const { within, ...rest } = asked
      return client.log.list.query({ ...rest, startDate: startDateOf(within), cursor })
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => page.nextCursor,
    // Only what is new is asked for again: not all that somebody has paged through.
    refetchInterval: ({ state }) => isLive && (state.data?.pages.length ?? 0) <= 1 && refreshMs,
  })
  const { data, hasNextPage, isFetching, fetchNextPage } = logs
  const lines = data?.pages.flatMap(({ results }) => results) ?? []
  const steps = data?.pages.length ?? 0
  const isSearching = hasNextPage && lines.length < pageSize && steps < mostSteps
  const searchedTo = data?.pages.at(-1)?.searchedTo

  useEffect(() => {
    if (isSearching && !isFetching) void fetchNextPage()
  }, [isSearching, isFetching, fetchNextPage])

  return (
    <>
      <PageHeader title={commonText.logs} />
      <LogFilterBar
        filters={filters}
        onChange={setParams}
        renewal={{ isOn: isLive, isBusy: logs.isRefetching, onChange: setIsLive, renew: logs.refetch }}
      />
      {logs.isPending && <SkeletonRows count={8} />}
      {logs.isError && <LoadProblem error={logs.error} onRetry={() => logs.refetch()} />}
      {lines.length > 0 && (
        <section aria-label={logsText.logLines} className="py-1">
          {lines.map(line => (
            <LogLine
              key={`${line.executionId} ${line.position}`}
              line={line}
              found={q}
              hasDate
              source={<Source line={line} />}
            />
          ))}
        </section>
      )}
      {logs.isSuccess && lines.length === 0 && !isSearching && (
        <EmptyState
          icon={ScrollText}
          title={isNarrowed(filters) ? logsText.noLineMatches : logsText.nothingWasLogged}
          text={isNarrowed(filters) ? logsText.loosenTheSearch : logsText.whatLogsAre}
        >
          {isNarrowed(filters) && <Button onClick={() => setParams(noFilters)}>{commonText.clearTheFilters}</Button>}
        </EmptyState>
      )}
      {hasNextPage && (
        <div role="status" className="flex items-center justify-center gap-3 p-4 text-muted text-xs">
          {searchedTo &&
            lines.length < pageSize * steps &&
            logsText.searchedBackTo(new Date(searchedTo).toLocaleString())}
          <Button isBusy={logs.isFetchingNextPage} onClick={() => fetchNextPage()}>
            {isSearching ? logsText.searching : logsText.loadMore}
          </Button>
        </div>
      )}
    </>
  )
}

/** Which execution a line is of; opens its log. */
function Source({ line }: { line: LogEntry }) {
  const tenant = useTenant()
  const { executionId, namespace, flowId, taskId } = line
  return (
    <Link
      href={`/${tenant}/executions/${executionId}?tab=logs${taskId ? `&task=${encodeURIComponent(taskId)}` : ''}`}
      className="w-44 shrink-0 truncate text-muted hover:text-accent hover:underline"
      title={logsText.sourceOfLine(`${namespace}.${flowId}`, taskId, executionId)}
    >
      {flowId}
      {taskId && <span className="text-faint"> {taskId}</span>}
    </Link>
  )
}

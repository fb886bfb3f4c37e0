'use client'

import { ScrollText } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { commonText } from '#text/common'
import { executionText } from '#text/execution'
import { LoadProblem } from '#ui/LoadProblem'
import { Button } from '#ui/ui/button'
import { EmptyState } from '#ui/ui/empty-state'
import { SkeletonRows } from '#ui/ui/skeleton'
import { isLevel } from '#web/components/logs/log-lines'
import { useTenant } from '#web/components/tenant'
import { useUrlState } from '#web/components/url-state'
import type { Execution } from '#web/server/executions/execution'
import { LogToolbar } from './LogToolbar'
import { LogView, type Wish } from './LogView'
import { type LogFilter, queryOf, useLogWindow } from './use-log-window'

export function LogsTab({ execution, isLive }: { execution: Execution; isLive: boolean }) {
  const tenant = useTenant()
  const [params, setParams] = useUrlState()
  const filter = filterOf(params)
  const { view, version, isBusy, isConnected, error, retry, show } = useLogWindow(execution.id, filter, isLive)
  const [wish, setWish] = useState<Wish>()
  /** The first line in sight. */
  const top = useRef(-1)
  const { taskRunList } = execution
  const tasks = useMemo(() => [...new Set(taskRunList?.map(({ taskId }) => taskId))], [taskRunList])
  const attempts = useMemo(() => Math.max(0, ...(taskRunList ?? []).map(run => run.attempts.length)), [taskRunList])
  const count = view?.count()
  const isFiltered = filter.minLevel !== 'INFO' || Boolean(filter.taskId || filter.q || filter.attempt)

  function nextError() {
    const line = view?.nextError(wish?.line ?? top.current, 1)
    if (line !== undefined) setWish({ line })
  }

  return (
    <div className="flex h-full min-h-0 flex-col">
      <LogToolbar
        filter={filter}
        tasks={tasks}
        attempts={attempts}
        count={count}
        errors={view?.errors.length ?? 0}
        isConnected={isConnected}
        downloadHref={`/api/v1/${tenant}/logs/${execution.id}/download?${queryOf(filter)}`}
        onChange={values => {
          setWish(undefined)
          setParams(values)
        }}
        onNextError={nextError}
      />
      {error !== undefined && <LoadProblem error={error} onRetry={retry} />}
      {!view && error === undefined && <SkeletonRows />}
      {view && count === 0 && !isBusy && <NoLines isFiltered={isFiltered} isLive={isLive} onClear={setParams} />}
      {view && count !== undefined && count > 0 && (
        <LogView
          view={view}
          version={version}
          isLive={isLive}
          found={filter.q}
          wish={wish}
          onShow={show}
          onMove={line => {
            top.current = line
          }}
        />
      )}
    </div>
  )
}

function filterOf(params: URLSearchParams): LogFilter {
  const level = params.get('level')
  const attempt = Number(params.get('attempt'))
  return {
    minLevel: isLevel(level) ? level : 'INFO',
    taskId: params.get('task') ?? undefined,
    attempt: Number.isInteger(attempt) && attempt > 0 ? attempt : undefined,
    q: params.get('q') ?? undefined,
  }
}

const noFilter = { level: undefined, task: undefined, attempt: undefined, q: undefined }

function NoLines({
  isFiltered,
  isLive,
  onClear,
}: {
  isFiltered: boolean
  isLive: boolean
  onClear: (values: typeof noFilter) => void
}) {
  if (isFiltered) {
    return (
      <EmptyState icon={ScrollText} title={executionText.noLineMatches} text={executionText.loosenTheSearch}>
        <Button onClick={() => onClear(noFilter)}>{commonText.clearTheFilters}</Button>
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={ScrollText}
      title={isLive ? executionText.waitingForFirstLine : executionText.nothingWasLogged}
      text={executionText.linesAppearHere}
    />
  )
}

'use client'

import { ScrollText } from 'lucide-react'
import { useDeferredValue, useMemo } from 'react'
import { LoadProblem } from '#ui/LoadProblem'
import { EmptyState } from '#ui/ui/empty-state'
import { SkeletonRows } from '#ui/ui/skeleton'
import { useUrlState } from '#web/components/url-state'
import type { Execution } from '#web/server/executions/execution'
import { LogToolbar } from './LogToolbar'
import { LogView } from './LogView'
import { filterLogs, isLevel, type LogFilter } from './log-lines'
import { useLogs } from './use-logs'

export function LogsTab({ execution, isLive }: { execution: Execution; isLive: boolean }) {
  const [params, setParams] = useUrlState()
  const level = params.get('level')
  const filter: LogFilter = {
    minLevel: isLevel(level) ? level : 'INFO',
    task: params.get('task') ?? undefined,
    text: params.get('q') ?? undefined,
  }
  const logs = useLogs(execution.id, isLive)
  const lines = useDeferredValue(logs.lines)
  const { minLevel, task, text } = filter
  const shown = useMemo(() => filterLogs(lines, { minLevel, task, text }), [lines, minLevel, task, text])
  const tasks = useMemo(() => [...new Set(execution.taskRunList?.map(({ taskId }) => taskId))], [execution.taskRunList])

  return (
    <div className="flex h-full min-h-0 flex-col">
      <LogToolbar
        filter={filter}
        tasks={tasks}
        counts={{ shown: shown.length, all: logs.lines.length }}
        isConnected={logs.isConnected}
        onChange={setParams}
      />
      {logs.error !== undefined && <LoadProblem error={logs.error} onRetry={logs.retry} />}
      {logs.isLoading && logs.error === undefined && logs.lines.length === 0 && <SkeletonRows />}
      {!logs.isLoading && shown.length === 0 && (
        <EmptyState
          icon={ScrollText}
          title={
            logs.lines.length > 0 ? 'No line matches' : isLive ? 'Waiting for the first line' : 'Nothing was logged'
          }
          text={
            logs.lines.length > 0 ? 'Lower the level or clear the search.' : 'Lines appear here as tasks write them.'
          }
        />
      )}
      {shown.length > 0 && <LogView lines={shown} isLive={isLive} />}
    </div>
  )
}

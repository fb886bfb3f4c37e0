'use client'

import { CloudOff, Download, TriangleAlert } from 'lucide-react'
import { commonText } from '#text/common'
import { executionText } from '#text/execution'
import { LevelSelect } from '#ui/logs/LevelSelect'
import { SearchInput } from '#ui/SearchInput'
import { Button } from '#ui/ui/button'
import { NativeSelect } from '#ui/ui/input'
import { mostLines } from './LogView'
import type { LogFilter } from './use-log-window'

export function LogToolbar({
  filter,
  tasks,
  attempts,
  count,
  errors,
  isConnected,
  downloadHref,
  onChange,
  onNextError,
}: {
  filter: LogFilter
  tasks: string[]
  /** Of the task that was tried most often. */
  attempts: number
  count: number | undefined
  errors: number
  isConnected: boolean
  downloadHref: string
  onChange: (values: Record<string, string | undefined>) => void
  onNextError: () => void
}) {
  const { taskId: task } = filter
  return (
    <div className="flex flex-wrap items-center gap-2 border-b px-4 py-2.5 sm:px-6">
      <SearchInput label={executionText.searchTheLog} value={filter.q} onChange={q => onChange({ q })} />
      <LevelSelect value={filter.minLevel} usual="INFO" onChange={level => onChange({ level })} />
      <NativeSelect
        aria-label={commonText.task}
        className="w-auto max-w-40"
        value={task ?? ''}
        onChange={event => onChange({ task: event.target.value || undefined })}
      >
        <option value="">{executionText.allTasks}</option>
        {task && !tasks.includes(task) && <option value={task}>{task}</option>}
        {tasks.map(one => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </NativeSelect>
      {attempts > 1 && (
        <NativeSelect
          aria-label={executionText.attempt}
          className="w-auto"
          value={filter.attempt ?? ''}
          onChange={event => onChange({ attempt: event.target.value || undefined })}
        >
          <option value="">{executionText.allAttempts}</option>
          {Array.from({ length: attempts }, (_, index) => index + 1).map(number => (
            <option key={number} value={number}>
              {executionText.attemptNumber(number)}
            </option>
          ))}
        </NativeSelect>
      )}
      {errors > 0 && (
        <Button className="font-normal" onClick={onNextError} title={executionText.goToNextError}>
          <TriangleAlert className="text-danger" aria-hidden /> {executionText.nextError}
          <span className="text-faint text-xs tabular-nums">{errors.toLocaleString()}</span>
        </Button>
      )}
      <span className="ml-auto flex items-center gap-3 text-faint text-xs tabular-nums" aria-live="off">
        {!isConnected && (
          <span role="status" className="flex items-center gap-1 text-warning">
            <CloudOff className="size-3.5" aria-hidden /> {executionText.reconnecting}
          </span>
        )}
        {count !== undefined && countText(count)}
        <Button asChild variant="ghost" size="icon">
          <a
            href={downloadHref}
            download
            aria-label={executionText.downloadTheLog}
            title={executionText.downloadTheseLines}
          >
            <Download />
          </a>
        </Button>
      </span>
    </div>
  )
}

function countText(count: number): string {
  const all = count.toLocaleString()
  return count > mostLines
    ? executionText.lastLinesOf(mostLines.toLocaleString(), all)
    : executionText.lines(count, all)
}

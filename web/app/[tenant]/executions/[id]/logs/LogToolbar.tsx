'use client'

import { CloudOff } from 'lucide-react'
import { SearchInput } from '#ui/SearchInput'
import { NativeSelect } from '#ui/ui/input'
import { type LogFilter, levels } from './log-lines'

export function LogToolbar({
  filter,
  tasks,
  counts,
  isConnected,
  onChange,
}: {
  filter: LogFilter
  tasks: string[]
  counts: { shown: number; all: number }
  isConnected: boolean
  onChange: (values: Record<string, string | undefined>) => void
}) {
  return (
    <div className="flex flex-wrap items-center gap-2 border-b px-4 py-2.5 sm:px-6">
      <SearchInput label="Search the log" value={filter.text} onChange={q => onChange({ q })} />
      <NativeSelect
        aria-label="Level"
        className="w-auto"
        value={filter.minLevel}
        onChange={event => onChange({ level: event.target.value === 'INFO' ? undefined : event.target.value })}
      >
        {levels.map(level => (
          <option key={level} value={level}>
            {level === 'TRACE' ? 'All levels' : level === 'ERROR' ? 'ERROR only' : `${level} and above`}
          </option>
        ))}
      </NativeSelect>
      <NativeSelect
        aria-label="Task"
        className="w-auto max-w-40"
        value={filter.task ?? ''}
        onChange={event => onChange({ task: event.target.value || undefined })}
      >
        <option value="">All tasks</option>
        {filter.task && !tasks.includes(filter.task) && <option value={filter.task}>{filter.task}</option>}
        {tasks.map(task => (
          <option key={task} value={task}>
            {task}
          </option>
        ))}
      </NativeSelect>
      <span className="ml-auto flex items-center gap-3 text-faint text-xs tabular-nums" aria-live="off">
        {!isConnected && (
          <span role="status" className="flex items-center gap-1 text-warning">
            <CloudOff className="size-3.5" aria-hidden /> Reconnecting…
          </span>
        )}
        {counts.shown === counts.all
          ? `${counts.all.toLocaleString()} lines`
          : `${counts.shown.toLocaleString()} of ${counts.all.toLocaleString()} lines`}
      </span>
    </div>
  )
}

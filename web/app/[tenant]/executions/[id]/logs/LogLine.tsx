import { cn } from '#web/components/class-names'
import type { LogEntry } from '#web/server/executions/execution'
import { plainText } from './log-lines'

const levelLooks: Record<string, string> = {
  TRACE: 'text-faint',
  DEBUG: 'text-faint',
  INFO: 'text-info',
  WARN: 'text-warning',
  ERROR: 'text-danger',
}

export function LogLine({ line }: { line: LogEntry }) {
  const { level, timestamp, taskId, message } = line
  return (
    <div
      className={cn(
        'flex gap-x-3 px-4 font-mono text-xs leading-5.5 hover:bg-subtle sm:px-6',
        level === 'ERROR' && 'bg-danger-soft/50',
        level === 'WARN' && 'bg-warning-soft/50',
      )}
    >
      <time
        dateTime={timestamp}
        title={new Date(timestamp).toLocaleString()}
        className="shrink-0 text-faint tabular-nums"
      >
        {clock(timestamp)}
      </time>
      <span className={cn('w-10 shrink-0', levelLooks[level])}>{level}</span>
      <span className="hidden w-28 shrink-0 truncate text-muted sm:inline" title={taskId}>
        {taskId}
      </span>
      <span className="min-w-0 flex-1 whitespace-pre-wrap break-words">{plainText(message)}</span>
    </div>
  )
}

/** Local time of day with milliseconds. */
function clock(timestamp: string): string {
  const date = new Date(timestamp)
  const two = (value: number) => String(value).padStart(2, '0')
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')
  return `${time}.${String(date.getMilliseconds()).padStart(3, '0')}`
}

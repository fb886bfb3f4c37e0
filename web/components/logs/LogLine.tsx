import Link from 'next/link'
import type { ReactNode } from 'react'
import { cn } from '#web/components/class-names'
import { useTenant } from '#web/components/tenant'
import type { LogEntry } from '#web/server/executions/execution'
import { plainText, splitFound, splitLinks } from './log-lines'

const levelLooks: Record<string, string> = {
  TRACE: 'text-faint',
  DEBUG: 'text-faint',
  INFO: 'text-info',
  WARN: 'text-warning',
  ERROR: 'text-danger',
}

/** `found`: what was looked for, to be marked. `source`: where the line is from; its task where absent. */
export function LogLine({
  line,
  found,
  source,
  isChosen,
  hasDate,
}: {
  line: LogEntry
  found?: string
  source?: ReactNode
  isChosen?: boolean
  hasDate?: boolean
}) {
  const { level, timestamp, taskId, message } = line
  return (
    <div
      className={cn(
        'flex flex-wrap gap-x-3 px-4 font-mono text-xs leading-5.5 hover:bg-subtle sm:flex-nowrap sm:px-6',
        level === 'ERROR' && 'bg-danger-soft/50',
        level === 'WARN' && 'bg-warning-soft/50',
        isChosen && 'bg-accent-soft outline outline-accent/40 -outline-offset-1',
      )}
    >
      <time
        dateTime={timestamp}
        title={new Date(timestamp).toLocaleString()}
        className="shrink-0 text-faint tabular-nums"
      >
        {hasDate && <span className="mr-1.5 hidden sm:inline">{day(timestamp)}</span>}
        {clock(timestamp)}
      </time>
      <span className={cn('w-10 shrink-0', levelLooks[level])}>{level}</span>
      {source ?? (
        <span className="w-28 shrink-0 truncate text-muted" title={taskId}>
          {taskId}
        </span>
      )}
      <span className="min-w-0 flex-1 basis-full whitespace-pre-wrap break-words sm:basis-0">
        <Message text={plainText(message)} found={found} />
      </span>
    </div>
  )
}

/** Executions that it names are links; what was looked for is marked. */
function Message({ text, found }: { text: string; found: string | undefined }) {
  const tenant = useTenant()
  return splitLinks(text).map((part, index) =>
    typeof part === 'string' ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text never move
      <Marked key={index} text={part} found={found} />
    ) : (
      <Link key={part.executionId} href={`/${tenant}/executions/${part.executionId}`} className="text-accent underline">
        {part.name}
      </Link>
    ),
  )
}

function Marked({ text, found }: { text: string; found: string | undefined }) {
  return splitFound(text, found).map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text never move
      <mark key={index} className="rounded-xs bg-warning-soft text-warning">
        {part}
      </mark>
    ),
  )
}

/** Local time of day with milliseconds. */
function clock(timestamp: string): string {
  const date = new Date(timestamp)
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')
  return `${time}.${String(date.getMilliseconds()).padStart(3, '0')}`
}

function day(timestamp: string): string {
  const date = new Date(timestamp)
  return `${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

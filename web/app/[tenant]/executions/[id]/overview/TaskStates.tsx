'use client'

import { ScrollText } from 'lucide-react'
import { useMemo } from 'react'
import { Duration } from '#ui/execution/Duration'
import { StateBadge } from '#ui/execution/StateBadge'
import { Button } from '#ui/ui/button'
import { taskRows } from '#web/components/execution/task-tree'
import type { TaskRun } from '#web/server/executions/execution'

/** Above this many the Gantt, which draws only what is in sight, is the better view. */
const maxRows = 300

export function TaskStates({ taskRuns, onShowLogs }: { taskRuns: TaskRun[]; onShowLogs: (task?: string) => void }) {
  const rows = useMemo(() => taskRows(taskRuns), [taskRuns])
  if (rows.length === 0) return <p className="text-[13px] text-faint">No task has begun yet.</p>
  return (
    <>
      <ol className="divide-y rounded-lg border">
        {rows.slice(0, maxRows).map(({ taskRun, depth }) => (
          <li key={taskRun.id} className="flex min-h-10 items-center gap-3 px-3 py-1.5 text-[13px]">
            <span className="flex min-w-0 flex-1 items-center gap-2" style={{ paddingLeft: depth * 16 }}>
              <span className="truncate font-medium">{taskRun.taskId}</span>
              {taskRun.value !== undefined && (
                <span className="max-w-40 truncate rounded border bg-subtle px-1 font-mono text-muted text-xs">
                  {taskRun.value}
                </span>
              )}
              {taskRun.attempts.length > 1 && (
                <span className="whitespace-nowrap text-faint text-xs">{taskRun.attempts.length} attempts</span>
              )}
            </span>
            <span className="text-muted text-xs">
              <Duration state={taskRun.state} />
            </span>
            <StateBadge state={taskRun.state.current} className="min-w-22" />
            <Button
              variant="ghost"
              size="icon"
              className="-mr-1 size-7"
              aria-label={`Logs of ${taskRun.taskId}`}
              title="Logs"
              onClick={() => onShowLogs(taskRun.taskId)}
            >
              <ScrollText />
            </Button>
          </li>
        ))}
      </ol>
      {rows.length > maxRows && (
        <p className="mt-2 text-faint text-xs">
          {rows.length - maxRows} more task runs: see the Gantt for all of them.
        </p>
      )}
    </>
  )
}

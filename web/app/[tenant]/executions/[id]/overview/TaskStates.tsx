'use client'

import { PencilLine, ScrollText } from 'lucide-react'
import { useMemo, useState } from 'react'
import { commonText } from '#text/common'
import { executionText } from '#text/execution'
import { Duration } from '#ui/execution/Duration'
import { StateBadge } from '#ui/execution/StateBadge'
import { Button } from '#ui/ui/button'
import { taskRows } from '#web/components/execution/task-tree'
import { useMay } from '#web/components/tenant'
import type { Execution, TaskRun } from '#web/server/executions/execution'
import { isActionAllowed, permissionOf } from '../actions'
import { TaskStateDialog } from './TaskStateDialog'

const noRuns: TaskRun[] = []

/** Above this many the Gantt, which draws only what is in sight, is the better view. */
const maxRows = 300

export function TaskStates({ execution, onShowLogs }: { execution: Execution; onShowLogs: (task?: string) => void }) {
  const { taskRunList: taskRuns = noRuns } = execution
  const [changed, setChanged] = useState<TaskRun>()
  const may = useMay()
  const mayChange =
    isActionAllowed('setTaskState', execution.state.current) && may(permissionOf.setTaskState, execution.namespace)
  const rows = useMemo(() => taskRows(taskRuns), [taskRuns])
  if (rows.length === 0) return <p className="text-[13px] text-faint">{executionText.noTaskHasBegunSentence}</p>
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
                <span className="whitespace-nowrap text-faint text-xs">
                  {executionText.attempts(taskRun.attempts.length)}
                </span>
              )}
            </span>
            <span className="text-muted text-xs">
              <Duration state={taskRun.state} />
            </span>
            <StateBadge state={taskRun.state.current} className="min-w-22" />
            {mayChange && (
              <Button
                variant="ghost"
                size="icon"
                className="-mr-2 size-7"
                aria-label={executionText.changeTheStateOf(taskRun.taskId)}
                title={executionText.changeTheState}
                onClick={() => setChanged(taskRun)}
              >
                <PencilLine />
              </Button>
            )}
            <Button
              variant="ghost"
              size="icon"
              className="-mr-1 size-7"
              aria-label={executionText.logsOf(taskRun.taskId)}
              title={commonText.logs}
              onClick={() => onShowLogs(taskRun.taskId)}
            >
              <ScrollText />
            </Button>
          </li>
        ))}
      </ol>
      {changed && <TaskStateDialog taskRun={changed} onClose={() => setChanged(undefined)} />}
      {rows.length > maxRows && (
        <p className="mt-2 text-faint text-xs">{executionText.moreTaskRuns(rows.length - maxRows)}</p>
      )}
    </>
  )
}

import { PackageOpen, ScrollText, X } from 'lucide-react'
import type { TaskNode } from '#language/graph/topology'
import { commonText } from '#text/common'
import { executionText } from '#text/execution'
import { Duration } from '#ui/execution/Duration'
import { StateBadge } from '#ui/execution/StateBadge'
import { PluginIcon } from '#ui/flow-graph/PluginIcon'
import { Button } from '#ui/ui/button'
import type { TaskRun } from '#web/server/executions/execution'

/** Above this many the Gantt, which draws only what is in sight, is the better view. */
const maxRuns = 100

/** The runs of the chosen task, and the ways to its logs and outputs. */
export function TaskPanel({
  task,
  taskRuns,
  onShowLogs,
  onShowOutputs,
  onClose,
}: {
  task: TaskNode
  taskRuns: readonly TaskRun[]
  onShowLogs: () => void
  onShowOutputs: () => void
  onClose: () => void
}) {
  return (
    <aside
      aria-label={executionText.taskNamed(task.id)}
      className="flex max-h-[45%] shrink-0 flex-col border-t bg-surface md:max-h-none md:w-72 md:border-t-0 md:border-l"
    >
      <header className="flex items-center gap-2.5 border-b px-3 py-2.5">
        <PluginIcon type={task.type} />
        <div className="min-w-0 flex-1">
          <h2 className="truncate font-medium text-[13px]">{task.id}</h2>
          <p className="truncate text-[11px] text-faint" title={task.type}>
            {task.type}
          </p>
        </div>
        <Button variant="ghost" size="icon" className="-mr-1 size-7" aria-label={commonText.close} onClick={onClose}>
          <X />
        </Button>
      </header>
      <div className="flex gap-2 border-b px-3 py-2.5">
        <Button size="sm" onClick={onShowLogs}>
          <ScrollText aria-hidden /> {commonText.logs}
        </Button>
        <Button size="sm" onClick={onShowOutputs}>
          <PackageOpen aria-hidden /> {executionText.outputs}
        </Button>
      </div>
      {taskRuns.length === 0 && <p className="px-3 py-3 text-[13px] text-faint">{executionText.taskHasNotRun}</p>}
      <ol className="min-h-0 flex-1 divide-y overflow-auto">
        {taskRuns.slice(0, maxRuns).map(taskRun => (
          <li key={taskRun.id} className="flex items-center gap-2 px-3 py-2 text-[13px]">
            <StateBadge state={taskRun.state.current} />
            {taskRun.value !== undefined && (
              <span className="min-w-0 truncate font-mono text-muted text-xs" title={taskRun.value}>
                {taskRun.value}
              </span>
            )}
            <span className="ml-auto whitespace-nowrap text-right text-muted text-xs">
              <Duration state={taskRun.state} />
              {taskRun.attempts.length > 1 && (
                <span className="block text-faint">{executionText.attempts(taskRun.attempts.length)}</span>
              )}
            </span>
          </li>
        ))}
      </ol>
      {taskRuns.length > maxRuns && (
        <p className="border-t px-3 py-2 text-faint text-xs">{executionText.moreRuns(taskRuns.length - maxRuns)}</p>
      )}
    </aside>
  )
}

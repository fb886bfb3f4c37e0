import { executionText } from '#text/execution'
import { Duration } from '#ui/execution/Duration'
import { cn } from '#web/components/class-names'
import { barTones, stateLook, textTones } from '#web/components/execution/states'
import type { GanttRow } from './gantt-rows'

const indentPx = 12
const quiet = new Set(['CREATED', 'QUEUED', 'SKIPPED'])

/** A task's name, its bar, its duration. */
export function GanttBar({ row, onClick }: { row: GanttRow; onClick: () => void }) {
  const { taskRun, depth, segments } = row
  const look = stateLook(taskRun.state.current)
  const Icon = look.icon
  return (
    <button
      type="button"
      onClick={onClick}
      title={executionText.showItsLogs(taskRun.taskId, look.label)}
      className="flex h-full w-full items-center border-b text-left text-[13px] hover:bg-subtle focus-visible:outline-offset-[-2px]"
    >
      <span className="flex w-32 shrink-0 items-center gap-2 pr-2 pl-4 sm:w-64 sm:pl-6">
        {depth > 0 && <span className="shrink-0" style={{ width: depth * indentPx }} />}
        <Icon
          className={cn('size-3.5 shrink-0', textTones[look.tone], look.isMoving && 'animate-spin')}
          aria-label={look.label}
        />
        <span className="truncate">
          {taskRun.taskId}
          {taskRun.value !== undefined && <span className="text-muted"> · {taskRun.value}</span>}
        </span>
      </span>
      <span className="relative h-full flex-1">
        {segments.map(({ state, left, width }, index) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: segments are only ever appended
            key={index}
            className={cn(
              'absolute top-2.5 h-4 min-w-0.5 rounded-xs',
              barTones[stateLook(state).tone],
              quiet.has(state) && 'opacity-35',
              stateLook(state).isMoving && 'animate-pulse',
            )}
            style={{ left: `${left * 100}%`, width: `${width * 100}%` }}
          />
        ))}
      </span>
      <span className="w-20 shrink-0 pr-4 text-right sm:pr-6 text-muted text-xs">
        <Duration state={taskRun.state} />
      </span>
    </button>
  )
}

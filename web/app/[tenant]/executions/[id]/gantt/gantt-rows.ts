import { isFinal } from '#web/components/execution/states'
import { type TaskRow, taskRows } from '#web/components/execution/task-tree'
import type { Execution } from '#web/server/executions/execution'

/** A part of a bar: from one state to the next, in fractions of the whole chart. */
export type Segment = { state: string; left: number; width: number }
export type GanttRow = TaskRow & { segments: Segment[] }
export type Chart = { startMs: number; spanMs: number; rows: GanttRow[] }

const minSpanMs = 1

/** Where every bar lies while the time is `nowMs`. */
export function chartOf(execution: Execution, nowMs: number): Chart {
  const startMs = Date.parse(execution.state.histories[0]?.date ?? execution.state.startDate)
  const rows = taskRows(execution.taskRunList ?? [])
  const spanMs = Math.max(minSpanMs, endOf(execution, nowMs) - startMs)
  return {
    startMs,
    spanMs,
    rows: rows.map(row => ({ ...row, segments: segmentsOf(row.taskRun.state, { startMs, spanMs, nowMs }) })),
  }
}

function endOf({ state, taskRunList = [] }: Execution, nowMs: number): number {
  if (!isFinal(state.current)) return nowMs
  const dates = [state, ...taskRunList.map(taskRun => taskRun.state)].flatMap(
    ({ histories }) => histories.at(-1)?.date ?? [],
  )
  return Math.max(...dates.map(date => Date.parse(date)))
}

function segmentsOf(
  { current, histories }: Execution['state'],
  { startMs, spanMs, nowMs }: { startMs: number; spanMs: number; nowMs: number },
): Segment[] {
  const fraction = (ms: number) => Math.min(1, Math.max(0, (ms - startMs) / spanMs))
  return histories.flatMap(({ state, date }, index) => {
    const next = histories[index + 1]
    if (!next && isFinal(state)) return []
    const from = Date.parse(date)
    const to = next ? Date.parse(next.date) : nowMs
    // Work that is over shows how it ended: red where it failed.
    const shown = next && index === histories.length - 2 && isFinal(current) && isWork(state) ? current : state
    return [{ state: shown, left: fraction(from), width: fraction(to) - fraction(from) }]
  })
}

function isWork(state: string): boolean {
  return state === 'RUNNING' || state === 'KILLING' || state === 'RETRYING'
}

const steps = [1, 2, 5]

/** Round times for the axis, at most `maxCount` of them. */
export function ticksOf(spanMs: number, maxCount = 6): number[] {
  let stepMs = 1
  for (let power = 1; ; power *= 10) {
    const step = steps.find(one => spanMs / (one * power) <= maxCount)
    if (step) {
      stepMs = step * power
      break
    }
  }
  return Array.from({ length: Math.floor(spanMs / stepMs) + 1 }, (_, index) => index * stepMs)
}

import { executionText } from '#text/execution'
import { isFinal, stateLook } from '#web/components/execution/states'
import type { Mark, Marks } from '#web/components/flow-graph/mark'
import { durationMs, formatDuration } from '#web/components/time'
import type { TaskRun } from '#web/server/executions/execution'

/** From what one should see first to what matters least. */
const ranks: readonly (readonly [tone: Mark['tone'], states: readonly string[]])[] = [
  ['danger', ['FAILED']],
  ['running', ['RUNNING', 'RETRYING', 'RESTARTED']],
  ['info', ['PAUSED', 'BREAKPOINT', 'QUEUED']],
  ['warning', ['WARNING', 'KILLING', 'KILLED', 'CANCELLED']],
  ['success', ['SUCCESS', 'RETRIED']],
  ['muted', ['SKIPPED', 'CREATED']],
]

/** The states of tasks at `nowMs`, by the keys of their nodes; a task that ran for several values says how many ended. */
export function executionMarks(
  tasks: Iterable<readonly [key: string, taskId: string | undefined]>,
  taskRuns: readonly TaskRun[],
  nowMs: number,
): Marks {
  const byTask = runsByTask(taskRuns)
  const marks: Record<string, Mark> = {}
  for (const [key, taskId] of tasks) {
    const runs = taskId === undefined ? undefined : byTask.get(taskId)
    if (runs) marks[key] = markOf(runs, nowMs)
  }
  return marks
}

export function runsByTask(taskRuns: readonly TaskRun[]): Map<string, TaskRun[]> {
  const byTask = new Map<string, TaskRun[]>()
  for (const taskRun of taskRuns) {
    const runs = byTask.get(taskRun.taskId)
    if (runs) runs.push(taskRun)
    else byTask.set(taskRun.taskId, [taskRun])
  }
  return byTask
}

function markOf(runs: readonly TaskRun[], nowMs: number): Mark {
  const states = runs.map(({ state }) => state.current)
  const tone = ranks.find(([, names]) => states.some(state => names.includes(state)))?.[0] ?? 'muted'
  const [only, ...more] = runs
  if (only && more.length === 0)
    return { tone, label: stateLook(only.state.current).label, detail: detailOf(only, nowMs) }
  const ended = states.filter(state => isFinal(state)).length
  return {
    tone,
    label: countStates(states),
    detail: ended < runs.length ? executionText.endedOf(ended, runs.length) : `${runs.length} ×`,
  }
}

function detailOf({ state, attempts }: TaskRun, nowMs: number): string | undefined {
  const end = isFinal(state.current) ? (state.endDate ?? state.histories.at(-1)?.date) : undefined
  const duration = state.current === 'SKIPPED' ? undefined : formatDuration(durationMs(state.startDate, end, nowMs))
  return attempts.length > 1 ? executionText.tries(attempts.length, duration) : duration
}

/** `3 Success, 1 Failed`, the worst first. */
function countStates(states: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const state of states) counts.set(state, (counts.get(state) ?? 0) + 1)
  const rankOf = (state: string) => ranks.findIndex(([, names]) => names.includes(state))
  return [...counts]
    .toSorted(([a], [b]) => rankOf(a) - rankOf(b))
    .map(([state, count]) => executionText.runsInState(count, stateLook(state).label))
    .join(', ')
}

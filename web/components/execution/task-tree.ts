import type { TaskRun } from '#web/server/executions/execution'

export type TaskRow = { taskRun: TaskRun; depth: number }

/** Task runs as rows, each below the one that holds it, otherwise in the order of their creation. */
export function taskRows(taskRuns: TaskRun[]): TaskRow[] {
  const known = new Set(taskRuns.map(({ id }) => id))
  const children = new Map<string, TaskRun[]>()
  for (const taskRun of taskRuns) {
    const parent = taskRun.parentTaskRunId && known.has(taskRun.parentTaskRunId) ? taskRun.parentTaskRunId : ''
    const siblings = children.get(parent)
    if (siblings) siblings.push(taskRun)
    else children.set(parent, [taskRun])
  }
  const rows: TaskRow[] = []
  const stack = (children.get('') ?? []).map(taskRun => ({ taskRun, depth: 0 })).reverse()
  for (let row = stack.pop(); row; row = stack.pop()) {
    rows.push(row)
    const depth = row.depth + 1
    stack.push(...(children.get(row.taskRun.id) ?? []).map(taskRun => ({ taskRun, depth })).reverse())
  }
  return rows
}

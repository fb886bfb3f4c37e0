import type { JsonObject } from '#language/json'
import { childPath } from '#web/components/values/expression-path'
import type { TaskRun } from '#web/server/executions/execution'

export type TaskOutputs = { key: string; title: string; path: string; outputs: JsonObject }

/** Outputs of each task run that has some, with the path a later task reads them by. */
export function outputsByTask(taskRuns: TaskRun[]): TaskOutputs[] {
  return taskRuns.flatMap(({ id, taskId, value, outputs }) => {
    if (!outputs || Object.keys(outputs).length === 0) return []
    const path = childPath('outputs', taskId)
    return [
      {
        key: id,
        title: value === undefined ? taskId : `${taskId} · ${value}`,
        path: value === undefined ? path : childPath(path, value),
        outputs,
      },
    ]
  })
}

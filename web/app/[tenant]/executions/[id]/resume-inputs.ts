import { isJsonObject, type Json, type JsonObject } from '#language/json'
import type { TaskRun } from '#web/server/executions/execution'

/** The inputs (`onResume`) that the paused task of an execution asks for, as written. */
export function resumeInputs(tasks: JsonObject[], taskRuns: TaskRun[]): JsonObject[] {
  const paused = taskRuns.find(({ state }) => state.current === 'PAUSED')
  const task = paused && findTask(tasks, paused.taskId)
  return Array.isArray(task?.onResume) ? task.onResume.filter(isJsonObject) : []
}

/** Tasks hold tasks under many names: every object with an id and a type is looked into. */
function findTask(value: Json, id: string): JsonObject | undefined {
  if (isJsonObject(value) && value.id === id && typeof value.type === 'string') return value
  if (typeof value !== 'object' || value === null) return undefined
  for (const child of Object.values(value)) {
    const found = findTask(child, id)
    if (found) return found
  }
  return undefined
}

import type { LogEntry } from '../executions/execution'

export const logColumns = `position::text AS position, namespace, flow_id AS "flowId", task_id AS "taskId",
  execution_id AS "executionId", task_run_id AS "taskRunId", attempt, timestamp, level, message`

export type LogRow = {
  position: string
  namespace: string
  flowId: string
  taskId: string | null
  executionId: string
  taskRunId: string
  attempt: number
  timestamp: Date
  level: string
  message: string
}

export function toLogEntry({ taskId, taskRunId, attempt, timestamp, ...row }: LogRow): LogEntry {
  return {
    ...row,
    taskId: taskId ?? undefined,
    taskRunId: taskRunId || undefined,
    attemptNumber: attempt,
    timestamp: timestamp.toISOString(),
  }
}

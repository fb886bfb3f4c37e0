/** Rows of the database as the API shows them. */

import { formatDuration } from '#language/durations'
import type { JsonObject } from '#language/json'
import { isJsonObject } from '#language/json'
import { hideSealed } from '#language/sealed'
import { type Execution, isTerminal, type State, type TaskRun } from './execution'
import {
  type ExecutionRow,
  StoredAttempts,
  StoredHistories,
  StoredLabels,
  StoredTrigger,
  type TaskRunRow,
} from './execution-row'

/** @example toExecution(row, { taskRuns, nowMs: Date.now() }) */
export function toExecution(
  row: ExecutionRow,
  options: { tenant: string; taskRuns?: TaskRunRow[]; nowMs: number },
): Execution {
  const { taskRuns, nowMs } = options
  const trigger = StoredTrigger.parse(row.trigger)
  return {
    tenantId: options.tenant,
    id: row.id,
    namespace: row.namespace,
    flowId: row.flowId,
    flowRevision: row.flowRevision,
    ...(taskRuns ? { taskRunList: taskRuns.map(taskRun => toTaskRun(taskRun, row, nowMs)) } : {}),
    inputs: objectOr(row.inputs, {}),
    outputs: objectOr(row.outputs, undefined),
    variables: objectOr(row.variables, undefined),
    labels: StoredLabels.parse(row.labels),
    state: toState(row, { createdAt: row.createdAt, nowMs }),
    parentId: row.parentId ?? undefined,
    originalId: row.originalId ?? row.id,
    ...(trigger ? { trigger } : {}),
    metadata: { attemptNumber: row.attempt, originalCreatedDate: row.createdAt.toISOString() },
    scheduleDate: row.scheduleDate?.toISOString(),
    kind: row.kind,
    error: row.error ?? undefined,
    deleted: false,
  }
}

function toTaskRun(row: TaskRunRow, execution: ExecutionRow, nowMs: number): TaskRun {
  const clock = { createdAt: row.startDate ?? execution.createdAt, nowMs }
  return {
    id: row.id,
    executionId: execution.id,
    namespace: execution.namespace,
    flowId: execution.flowId,
    taskId: row.taskId,
    parentTaskRunId: row.parentId ?? undefined,
    value: row.value ?? undefined,
    iteration: row.iteration ?? undefined,
    attempts: StoredAttempts.parse(row.attempts).map(({ histories }) => ({
      state: stateOf({ current: histories.at(-1)?.state ?? 'CREATED', histories }, clock),
    })),
    outputs: objectOr(row.outputs, undefined),
    state: toState(row, clock),
  }
}

type StatefulRow = { state: string; histories: unknown; endDate: Date | null }
type Clock = { createdAt: Date; nowMs: number }

/** The row's own state is the truth; its histories may lag behind it. */
function toState(row: StatefulRow, clock: Clock): State {
  const histories = StoredHistories.parse(row.histories)
  return stateOf({ current: row.state, histories, endDate: row.endDate?.toISOString() }, clock)
}

function stateOf(
  { current, histories, endDate }: { current: string; histories: StoredHistories; endDate?: string },
  { createdAt, nowMs }: Clock,
): State {
  const startDate = histories[0]?.date ?? createdAt.toISOString()
  const hasEnded = isTerminal(current) || current === 'PAUSED'
  const end = hasEnded ? (endDate ?? histories.at(-1)?.date) : undefined
  const endMs = end === undefined ? nowMs : Date.parse(end)
  const duration = formatDuration(Math.max(0, endMs - Date.parse(startDate)))
  return { current, histories, startDate, ...(end === undefined ? {} : { endDate: end }), duration }
}

function objectOr<T>(value: unknown, otherwise: T): JsonObject | T {
  return isJsonObject(value) ? (hideSealed(value) as JsonObject) : otherwise
}

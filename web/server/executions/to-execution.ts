/** Rows of the database as the API shows them. */
import type { JsonObject } from '#language/json'
import { isJsonObject } from '#language/json'
import { isoDuration } from './duration'
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
      state: stateOfHistories(histories, row.startDate ?? execution.createdAt, nowMs),
    })),
    outputs: objectOr(row.outputs, undefined),
    state: toState(row, { createdAt: row.startDate ?? execution.createdAt, nowMs }),
  }
}

type StatefulRow = { state: string; histories: unknown; endDate: Date | null }

function toState(row: StatefulRow, { createdAt, nowMs }: { createdAt: Date; nowMs: number }): State {
  const histories = StoredHistories.parse(row.histories)
  const state = stateOfHistories([...histories], createdAt, nowMs)
  // The row's own state is the truth: its histories may lag behind by a batch.
  if (state.current === row.state) return state
  return { ...state, current: row.state, ...endOf(row.state, row.endDate?.toISOString()) }
}

function stateOfHistories(histories: StoredHistories, createdAt: Date, nowMs: number): State {
  const startDate = histories[0]?.date ?? createdAt.toISOString()
  const last = histories.at(-1)
  const current = last?.state ?? 'CREATED'
  const end = endOf(current, last?.date)
  const endMs = end.endDate === undefined ? nowMs : Date.parse(end.endDate)
  return { current, histories, startDate, ...end, duration: isoDuration(endMs - Date.parse(startDate)) }
}

function endOf(state: string, date: string | undefined): { endDate?: string } {
  return date !== undefined && (isTerminal(state) || state === 'PAUSED') ? { endDate: date } : {}
}

function objectOr<T>(value: unknown, otherwise: T): JsonObject | T {
  return isJsonObject(value) ? value : otherwise
}

/**
 * All that the web room may know of the worker: names and types of what crosses Temporal.
 * Names are part of running executions: change none, add new ones.
 */
import type { JsonObject } from '#language/json'
import type { Plan } from '#language/plan'

/** Workflows are walked here. */
export const flowQueue = 'millrace-flows'
/** Tasks that touch the world run here. */
export const taskQueue = 'millrace-tasks'
/** Those of a worker group run here, on workers elsewhere. */
export function groupQueue(key: string): string {
  return `${taskQueue}/${key}`
}

export const executeFlowName = 'executeFlow'

/** Looks whether a trigger has something to start; Temporal's schedules start it. Argument: a trigger's key. */
export const lookAtTriggerName = 'lookAtTrigger'
export type TriggerRef = { tenantId: string; namespace: string; flowId: string; triggerId: string }

/** Temporal's id of an execution: one open run at most, so that a start can be repeated safely. */
export function workflowIdOf(tenantId: string, executionId: string): string {
  return `${tenantId}/${executionId}`
}

export type ExecuteFlowInput = {
  tenantId: string
  executionId: string
  plan: Plan
  inputs: JsonObject
  labels: { key: string; value: string }[]
  trigger?: { id: string; type: string; variables: JsonObject }
  parentId?: string
  /** The flows whose tasks called each other up to here, outermost first, as `namespace.id`. */
  callers?: string[]
  originalId: string
  /** Epoch milliseconds of the execution's creation. */
  createdAtMs: number
  /** Kestra's metadata.attemptNumber. */
  attempt: number
  /** Of a restart: a person gave a task run another state, and the execution goes on from there. */
  changedTask?: ChangedTask
  /** It waits for a place among those that its flow may run at once. */
  isQueued?: boolean
  /** Restart and replay: take the task runs recorded for this execution as done where they still hold. */
  resumeFrom?: ResumeFrom
  /** When its history is full; the worker's own limits where absent. */
  continueLimits?: { events?: number; bytes?: number; runs?: number }
}

/**
 * `mode` restart (the default): the same execution goes on; what failed and what holds it runs again.
 * replay: another execution's task runs are copied; with `taskRunId`, that one and all that came after it run again.
 * continue: the same run of the same execution goes on in a fresh workflow history.
 */
export type ResumeFrom =
  | { executionId: string; mode?: 'restart' | 'replay'; taskRunId?: string; generation?: never }
  | ({ executionId: string; mode: 'continue'; taskRunId?: never } & ContinueFrom)

/** What the run of a workflow before this one leaves it. */
export type ContinueFrom = {
  /** How many runs there were before. */
  generation: number
  /** All that the walk knew: its text, or the files that make it up. */
  snapshot: { text: string } | { uris: string[] }
  /** Paused from outside. */
  isPaused: boolean
  /** Ids of the Pause tasks that wait. */
  waiting: string[]
  /** Workflows that want to hear of the end. */
  listeners: string[]
}

export type ChangedTask = { taskRunId: string; state: string; by: string; reason?: string }

/** What the row of a replay or a restart holds of it, so that a start that was cut short can be repeated. */
export type RecordedResume = ResumeFrom & { changedTask?: ChangedTask }

/** Why an execution ends as it begins: a check, a quota or the limit of its flow, or somebody who saw it wait. */
export type Refused = { state: 'FAILED' | 'CANCELLED' | 'KILLED'; reason: string }

/** What `executeFlow` answers: final state and outputs of the execution. */
export type ExecuteFlowResult = { state: string; outputs: JsonObject }

export const killSignal = 'kill'
/** Ends the wait for a place: RUNNING begins the execution, another state ends it. Argument: `LeaveQueue`. */
export const leaveQueueSignal = 'leaveQueue'
export type LeaveQueue = { state: 'RUNNING' | 'CANCELLED' | 'FAILED'; reason?: string }

export const pauseSignal = 'pause'
export const resumeUpdate = 'resume'
/** An execution that waits for another, begun in an earlier history, asks it to tell its end; argument: its own workflow id. */
export const tellEndSignal = 'tellEnd'
/** The answer; argument: `ChildEnd`. */
export const childEndedSignal = 'childEnded'

export type ChildEnd = ExecuteFlowResult & { executionId: string }

/** Argument of `resumeUpdate`; without `taskRunId` the Pause task that waits longest goes on. Rejected if nothing is paused. */
export type ResumeRequest = { taskRunId?: string; inputs?: JsonObject; by?: string }

/** NOTIFY channel; the payload is `<tenantId>/<executionId>`. Sent in the transaction of each recorded change. */
export const executionChannel = 'millrace_execution'

/** NOTIFY channel; the payload is a tenant's id. Says that there are events to handle (prisma/migrations/0010_triggers). */
export const eventChannel = 'millrace_event'

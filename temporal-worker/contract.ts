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

export const executeFlowName = 'executeFlow'

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
  originalId: string
  /** Epoch milliseconds of the execution's creation. */
  createdAtMs: number
  /** Kestra's metadata.attemptNumber. */
  attempt: number
  /** Restart and replay: take the task runs recorded for this execution as done where they still hold. */
  resumeFrom?: ResumeFrom
}

/**
 * `mode` restart (the default): the same execution goes on; what failed and what holds it runs again.
 * replay: another execution's task runs are copied; with `taskRunId`, that one and all that came after it run again.
 * continue: the same run of the same execution goes on in a fresh workflow history.
 */
export type ResumeFrom = { executionId: string; mode?: 'restart' | 'replay' | 'continue'; taskRunId?: string }

/** What `executeFlow` answers: final state and outputs of the execution. */
export type ExecuteFlowResult = { state: string; outputs: JsonObject }

export const killSignal = 'kill'
export const pauseSignal = 'pause'
export const resumeUpdate = 'resume'

/** Argument of `resumeUpdate`; without `taskRunId` the Pause task that waits longest goes on. Rejected if nothing is paused. */
export type ResumeRequest = { taskRunId?: string; inputs?: JsonObject; by?: string }

/** NOTIFY channel; the payload is `<tenantId>/<executionId>`. Sent in the transaction of each recorded change. */
export const executionChannel = 'millrace_execution'

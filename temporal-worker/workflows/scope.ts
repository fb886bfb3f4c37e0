import type { Env, Scope } from '#language/expressions/types'
import type { Json, JsonObject } from '#language/json'
import type { ExecutionState } from './execution-state'
import { iterationScope } from './iteration-scope'
import type { TaskRun } from './task-run'
import { nestByDots } from './tree'

/** The variables of the execution as a whole; a name without content is absent, as in Kestra. */
export function executionScope(state: ExecutionState): { [name: string]: Json } {
  const { input } = state
  const { plan } = input
  return {
    flow: { ...plan.flow, tenantId: input.tenantId },
    execution: {
      id: input.executionId,
      startDate: state.startDate,
      state: state.current,
      originalId: input.originalId,
      ...(state.flowOutputs === null ? {} : { outputs: state.flowOutputs }),
    },
    outputs: state.outputs,
    tasks: state.taskStates,
    labels: nestByDots(state.labels.map(({ key, value }) => [key, value] as const)),
    ...(isEmpty(input.inputs) ? {} : { inputs: input.inputs }),
    ...(isEmpty(state.variables) ? {} : { vars: state.variables }),
    ...(plan.namespaceVariables === undefined ? {} : { namespace: plan.namespaceVariables }),
    ...(input.trigger === undefined ? {} : triggerVariables(input.trigger.type, input.trigger.variables)),
  }
}

/** What a trigger gave; Kestra 1 has what a Schedule gave by another name, too. */
export function triggerVariables(type: string, variables: JsonObject): { [name: string]: Json } {
  return { trigger: variables, ...(type.endsWith('.Schedule') ? { schedule: variables } : {}) }
}

/** The variables that a task sees. */
export function taskScope(state: ExecutionState, run: TaskRun): Scope {
  const parents = parentsOf(run)
  return {
    ...executionScope(state),
    ...iterationScope(state, run),
    task: { id: run.step.id, type: run.step.type },
    taskrun: {
      id: run.id,
      startDate: run.histories[0]!.date,
      attemptsCount: finishedAttempts(run),
      ...(run.parent === undefined ? {} : { parentId: run.parent.id }),
      ...(run.value === undefined ? {} : { value: run.value }),
      ...(run.iteration === undefined ? {} : { iteration: run.iteration }),
      ...(run.items === undefined ? {} : { items: run.items }),
    },
    parents,
    ...(parents.length === 0 ? {} : { parent: parents[0]! }),
  }
}

/** Ancestors that have a value or outputs, nearest first. */
function parentsOf(run: TaskRun): JsonObject[] {
  const parents: JsonObject[] = []
  for (let at = run.parent; at !== undefined; at = at.parent) {
    if (at.value === undefined && at.outputs === undefined) continue
    parents.push({
      ...(at.value === undefined ? {} : { taskrun: { value: at.value } }),
      ...(at.outputs === undefined ? {} : { outputs: at.outputs }),
    })
  }
  return parents
}

/** The running attempt doesn't count yet. */
function finishedAttempts(run: TaskRun): number {
  return run.state === 'RUNNING' ? Math.max(run.attempts.length - 1, 0) : run.attempts.length
}

function isEmpty(value: JsonObject): boolean {
  return Object.keys(value).length === 0
}

/** Clock and randomness are the workflow's: the same in every replay. */
export function workflowEnv(): Env {
  return { nowMs: Date.now(), random: Math.random }
}

import { isJsonObject, type Json, type JsonObject } from '#language/json'
import type { Execution, TaskRun } from '#web/server/executions/execution'

/** The variables that an expression sees after the execution's last task, as far as readers may see them. */
export function expressionScope(execution: Execution): JsonObject {
  const { id, namespace, flowId, flowRevision, tenantId, inputs, variables, outputs, labels, trigger } = execution
  const taskRuns = execution.taskRunList ?? []
  return {
    flow: { id: flowId, namespace, revision: flowRevision, tenantId },
    execution: {
      ...{ id, startDate: execution.state.startDate, state: execution.state.current, originalId: execution.originalId },
      ...(outputs && { outputs }),
    },
    inputs,
    outputs: nestByRun(taskRuns, ({ outputs: own }) => own ?? {}),
    tasks: nestByRun(taskRuns, ({ state }) => ({ state: state.current })),
    labels: nestLabels(labels),
    ...(variables && { vars: variables }),
    ...(trigger && triggerNames(trigger)),
  }
}

/** Kestra 1 has what a Schedule gave by another name, too. */
function triggerNames({ type, variables = {} }: NonNullable<Execution['trigger']>): JsonObject {
  return { trigger: variables, ...(type.endsWith('.Schedule') ? { schedule: variables } : {}) }
}

/** By task, and below it by the values of the loops it ran in, outermost first. */
function nestByRun(taskRuns: TaskRun[], readRun: (run: TaskRun) => JsonObject): JsonObject {
  const byId = new Map(taskRuns.map(run => [run.id, run]))
  const nested: JsonObject = {}
  for (const run of taskRuns) put(nested, [run.taskId, ...loopValues(run, byId)], readRun(run))
  return nested
}

function loopValues(run: TaskRun, byId: ReadonlyMap<string, TaskRun>): string[] {
  const values: string[] = []
  for (let at: TaskRun | undefined = run; at; at = byId.get(at.parentTaskRunId ?? '')) {
    if (at.value !== undefined) values.unshift(at.value)
  }
  return values
}

function nestLabels(labels: Execution['labels']): JsonObject {
  const nested: JsonObject = {}
  for (const { key, value } of labels) put(nested, key.split('.'), value)
  return nested
}

function put(tree: JsonObject, path: string[], value: Json): void {
  const [name = '', ...rest] = path
  if (name === '__proto__') return
  const before = Object.hasOwn(tree, name) ? tree[name] : undefined
  if (rest.length > 0) {
    const below = isJsonObject(before) ? before : {}
    tree[name] = below
    put(below, rest, value)
  } else tree[name] = isJsonObject(before) && isJsonObject(value) ? { ...value, ...before } : value
}

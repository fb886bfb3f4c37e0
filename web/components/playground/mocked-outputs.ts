import { isJsonObject, type JsonObject } from '#language/json'
import { editorText } from '#text/editor'
import type { TaskRun } from '#web/server/executions/execution'

/** Outputs of an execution by task, as a task that runs after them finds them; those of loops by their values. */
export function outputsOfRuns(taskRuns: TaskRun[], taskId: string): JsonObject {
  const byId = new Map(taskRuns.map(run => [run.id, run]))
  const outputs: JsonObject = {}
  for (const run of taskRuns) {
    if (run.taskId === taskId || !run.outputs || Object.keys(run.outputs).length === 0) continue
    let at: JsonObject = outputs
    for (const step of [run.taskId, ...loopValues(run, byId)]) {
      const below = Object.hasOwn(at, step) ? at[step] : undefined
      const next: JsonObject = isJsonObject(below) ? below : {}
      at[step] = next
      at = next
    }
    Object.assign(at, run.outputs)
  }
  return outputs
}

function loopValues(run: TaskRun, byId: ReadonlyMap<string, TaskRun>): string[] {
  const values: string[] = []
  for (let at: TaskRun | undefined = run; at; at = byId.get(at.parentTaskRunId ?? '')) {
    if (at.value !== undefined) values.unshift(at.value)
  }
  return values
}

/** What a task reads of others, as the flow's text has it: each with an empty place to fill in. */
export function skeletonOf(source: string, taskIds: readonly string[], taskId: string): JsonObject {
  const skeleton: JsonObject = {}
  for (const [, id = '', property] of source.matchAll(/\boutputs\.([A-Za-z_]\w*)(?:\.([A-Za-z_]\w*))?/g)) {
    if (id === taskId || !taskIds.includes(id)) continue
    const known = skeleton[id]
    skeleton[id] = { ...(isJsonObject(known) ? known : {}), ...(property && { [property]: '' }) }
  }
  return skeleton
}

export type ReadOutputs = { outputs: Record<string, JsonObject> } | { problem: string }

/** The text of the field: a map of tasks, each with a map of outputs. */
export function readOutputs(text: string, parse: (text: string) => unknown): ReadOutputs {
  let value: unknown
  try {
    value = parse(text)
  } catch (error) {
    return { problem: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) }
  }
  if (value === null || value === undefined) return { outputs: {} }
  if (!isMap(value)) return { problem: editorText.writeAMapOfTasks }
  const outputs: Record<string, JsonObject> = {}
  for (const [id, own] of Object.entries(value)) {
    if (!isMap(own)) return { problem: editorText.outputsAreNoMap(id) }
    outputs[id] = own
  }
  return { outputs }
}

function isMap(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

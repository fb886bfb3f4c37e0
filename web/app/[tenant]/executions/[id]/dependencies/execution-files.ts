import { isJsonObject, type Json } from '#language/json'
import { isFileUri } from '#web/components/values/file-uri'
import type { Execution } from '#web/server/executions/execution'

/** `by`: the task, or the input. `writer`: the execution whose file it is, where that is another one. */
export type ExecutionFile = { uri: string; by: string; writer?: string }

/** Files of internal storage that an execution was given or wrote, as far as its inputs and outputs name them. */
export function filesOf(execution: Execution): { read: ExecutionFile[]; written: ExecutionFile[] } {
  const read = new Map<string, ExecutionFile>()
  const written = new Map<string, ExecutionFile>()
  function note(uri: string, by: string, isInput: boolean) {
    const writer = writerOf(uri)
    const isOwn = writer === execution.id
    const found = isOwn && !isInput ? written : read
    if (!found.has(uri)) found.set(uri, { uri, by, ...(writer && !isOwn ? { writer } : {}) })
  }
  for (const [name, value] of Object.entries(execution.inputs)) {
    for (const uri of urisIn(value)) note(uri, name, true)
  }
  const given = execution.trigger?.variables
  if (given !== undefined) for (const uri of urisIn(given)) note(uri, execution.trigger?.id ?? '', true)
  for (const { taskId, outputs = {} } of execution.taskRunList ?? []) {
    for (const uri of urisIn(outputs)) note(uri, taskId, false)
  }
  return { read: [...read.values()], written: [...written.values()] }
}

/** The execution in whose folder a file lies. */
function writerOf(uri: string): string | undefined {
  return /\/executions\/([^/]+)\//.exec(uri)?.[1]
}

function urisIn(value: Json): string[] {
  if (isFileUri(value)) return [value]
  if (Array.isArray(value)) return value.flatMap(urisIn)
  return isJsonObject(value) ? Object.values(value).flatMap(urisIn) : []
}

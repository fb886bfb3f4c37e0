import type { ExecutionRef } from '#db/record-execution'
import { taskRunFolder, toStorageUri } from '#db/storage/uri'
import type { Json } from '#language/json'
import type { ActivityDependencies } from './dependencies'

export type StoreLinesInput = {
  execution: ExecutionRef
  taskId: string
  taskRunId: string
  fileName: string
  lines: Json[]
}

export function createStoreLines(deps: ActivityDependencies) {
  /** Writes values to a file of a task run, one a line; their JSON is Ion, too. Answers its URI. */
  return async function storeLines(input: StoreLinesInput): Promise<string> {
    const { execution, taskId, taskRunId, fileName, lines } = input
    const path = `${taskRunFolder({ ...execution, taskId, taskRunId })}/${fileName}`
    await deps.storage.put(execution.tenantId, path, lines.map(line => `${JSON.stringify(line)}\n`).join(''))
    return toStorageUri(path)
  }
}

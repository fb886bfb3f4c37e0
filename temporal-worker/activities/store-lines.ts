import { Readable } from 'node:stream'
import type { ExecutionRef } from '#db/record-execution'
import { parseStorageUri, taskRunFolder, toStorageUri } from '#db/storage/uri'
import type { Json } from '#language/json'
import type { ActivityDependencies } from './dependencies'

export type StoreLinesInput = {
  execution: ExecutionRef
  taskId: string
  taskRunId: string
  fileName: string
  lines: Json[]
  /** Files written so before, whose lines come first; they are taken in. */
  before?: string[]
}

export function createStoreLines(deps: ActivityDependencies) {
  /** Writes values to a file of a task run, one a line; their JSON is Ion, too. Answers its URI. */
  return async function storeLines(input: StoreLinesInput): Promise<string> {
    const { execution, taskId, taskRunId, fileName, lines, before = [] } = input
    const { tenantId } = execution
    const path = `${taskRunFolder({ ...execution, taskId, taskRunId })}/${fileName}`
    const earlier = before.map(uri => parseStorageUri(uri)).filter(part => part !== null)
    // They go only once the file is written: where the first is gone, an attempt before this one came so far.
    const isWritten = earlier[0] !== undefined && !(await deps.storage.exists(tenantId, earlier[0]))
    if (!isWritten) await deps.storage.put(tenantId, path, Readable.from(contentOf(deps, tenantId, earlier, lines)))
    for (const part of earlier) await deps.storage.delete(tenantId, part)
    return toStorageUri(path)
  }
}

async function* contentOf(deps: ActivityDependencies, tenantId: string, earlier: string[], lines: Json[]) {
  for (const part of earlier) yield* await deps.storage.open(tenantId, part)
  yield Buffer.from(lines.map(line => `${JSON.stringify(line)}\n`).join(''))
}

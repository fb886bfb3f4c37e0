import { Context } from '@temporalio/activity'
import type { ExecutionRef } from '#db/record-execution'
import { parseStorageUri, taskRunFolder, toStorageUri } from '#db/storage/uri'
import { type RunContext, TaskError } from '#language/define-plugin'
import type { JsonObject } from '#language/json'
import type { ActivityDependencies } from './dependencies'
import { keepAlive } from './keep-alive'
import { explain } from './perform-task'
import { openTaskContext } from './task-context'

export type SplitItemsInput = {
  execution: ExecutionRef
  originalId: string
  parentId?: string
  taskId: string
  taskRunId: string
  scope: JsonObject
  items: string
  batch: JsonObject
}

export type SplitItemsResult = { splits: string } | { failure: string }

const splitType = 'io.kestra.plugin.core.storage.Split'

export function createSplitItems(deps: ActivityDependencies) {
  /** Splits a file into batches as storage.Split does; answers the URI of a file with theirs, one a line. */
  return async function splitItems(input: SplitItemsInput): Promise<SplitItemsResult> {
    const stopHeartbeat = keepAlive()
    const { cancellationSignal: signal } = Context.current()
    const log = { log: () => undefined, metric: () => undefined }
    const opened = openTaskContext(deps, { ...input, attempt: 1, signal, log })
    try {
      const uris = await splitFile(deps, opened.context, input)
      const lines = uris.map(uri => `${JSON.stringify(uri)}\n`).join('')
      return { splits: await opened.context.storage.put('splits.txt', lines) }
    } catch (error) {
      if (!(error instanceof TaskError)) throw error
      return { failure: explain(error) }
    } finally {
      stopHeartbeat()
      await opened.close()
    }
  }
}

async function splitFile(
  deps: ActivityDependencies,
  context: RunContext,
  { items, batch }: SplitItemsInput,
): Promise<string[]> {
  const { properties } = deps.catalog.find(splitType)!
  const given = Object.entries(batch).filter(([, value]) => value !== null)
  const isRuled = given.some(([name]) => name !== 'separator')
  const parsed = properties.safeParse({ from: items, ...(isRuled ? {} : { rows: 1 }), ...Object.fromEntries(given) })
  if (!parsed.success) throw new TaskError(`batch: ${parsed.error.issues.map(({ message }) => message).join('; ')}`)
  const { default: run } = await deps.runs[splitType]!()
  const outputs = await run(context, parsed.data as never)
  return (outputs as { uris: string[] }).uris
}

export type CopyFileInput = {
  execution: ExecutionRef
  taskId: string
  taskRunId: string
  /** A file of the same execution. */
  from: string
  fileName: string
}

export function createCopyFile(deps: ActivityDependencies) {
  /** Copies a file to a task run; answers its URI. */
  return async function copyFile({ execution, from, fileName, ...run }: CopyFileInput): Promise<string> {
    const source = parseStorageUri(from)
    if (source === null) throw new Error(`${from} is no file of internal storage`)
    const path = `${taskRunFolder({ ...execution, ...run })}/${fileName}`
    await deps.storage.put(execution.tenantId, path, await deps.storage.open(execution.tenantId, source))
    return toStorageUri(path)
  }
}

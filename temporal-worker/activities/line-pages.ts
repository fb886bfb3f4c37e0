import { Context } from '@temporalio/activity'
import type { ExecutionRef } from '#db/record-execution'
import { parseStorageUri } from '#db/storage/uri'
import { TaskError } from '#language/define-plugin'
import type { JsonObject } from '#language/json'
import type { ActivityDependencies } from './dependencies'
import { keepAlive } from './keep-alive'
import { explain } from './perform-task'
import { openTaskContext } from './task-context'

/** A file as its reader is told of it: lines that aren't empty, and where pages of them begin. */
export type LineIndex = { count: number; size: number; pages: [firstLine: number, start: number][] }

export type LinesInput = {
  execution: ExecutionRef
  originalId: string
  parentId?: string
  taskId: string
  taskRunId: string
  scope: JsonObject
  uri: string
}

/** Bytes of a page: a whole one travels to the workflow. */
const pageBytes = 128 * 1024

/** A line travels, and is the value of a task run. */
const maxLineBytes = 256 * 1024

export function createIndexLines(deps: ActivityDependencies) {
  /** Counts the lines of a file and notes where its pages begin. */
  return async function indexLines(input: LinesInput): Promise<LineIndex | { failure: string }> {
    const stopHeartbeat = keepAlive()
    const { cancellationSignal: signal } = Context.current()
    const log = { log: () => undefined, metric: () => undefined }
    const opened = openTaskContext(deps, { ...input, attempt: 1, signal, log })
    try {
      return await indexOf(await opened.context.storage.open(input.uri), signal)
    } catch (error) {
      if (!(error instanceof TaskError)) throw error
      return { failure: explain(error) }
    } finally {
      stopHeartbeat()
      await opened.close()
    }
  }
}

const newline = 10
const carriageReturn = 13

async function indexOf(content: AsyncIterable<unknown>, signal: AbortSignal): Promise<LineIndex> {
  const index: LineIndex = { count: 0, size: 0, pages: [[0, 0]] }
  let lineStart = 0
  const endLine = (end: number, lastByte: number) => {
    const bytes = end - lineStart
    if (bytes > maxLineBytes) {
      throw new TaskError(`Line ${index.count + 1} has ${bytes} bytes; ${maxLineBytes} are the most for a value`)
    }
    if (bytes > 0 && !(bytes === 1 && lastByte === carriageReturn)) index.count += 1
    lineStart = end + 1
    if (lineStart - index.pages.at(-1)![1] >= pageBytes) index.pages.push([index.count, lineStart])
  }
  let lastByte = newline
  for await (const chunk of content) {
    signal.throwIfAborted()
    const bytes = chunk as Buffer
    for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, at + 1)) {
      endLine(index.size + at, at === 0 ? lastByte : bytes[at - 1]!)
    }
    index.size += bytes.length
    lastByte = bytes.at(-1) ?? lastByte
  }
  if (lineStart < index.size) endLine(index.size, lastByte)
  return index
}

export function createReadLinePage(deps: ActivityDependencies) {
  /** The lines of a page of a file that was indexed for the same task run. */
  return async function readLinePage(input: LinesInput & { start: number; end: number }): Promise<string[]> {
    const path = parseStorageUri(input.uri)
    if (path === null) throw new Error(`${input.uri} is no file of internal storage`)
    const { start, end } = input
    const chunks: Buffer[] = []
    for await (const chunk of await deps.storage.open(input.execution.tenantId, path, { start, end })) {
      chunks.push(chunk as Buffer)
    }
    const lines = Buffer.concat(chunks).toString('utf8').split(/\r?\n/)
    return lines.filter(line => line !== '' && line !== '\r')
  }
}

import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import type { ExecutionRef } from '#db/record-execution'
import { parseStorageUri, taskRunFolder, toStorageUri } from '#db/storage/uri'
import type { Json } from '#language/json'
import type { ActivityDependencies } from './dependencies'
import { keepAlive } from './keep-alive'

type Numbered = [number: number, line: Json]

export type MergeLinesInput = {
  execution: ExecutionRef
  taskId: string
  taskRunId: string
  fileName: string
  /** Files of `[number, line]`, each in the order of its numbers; they are taken in. */
  parts: string[]
  /** The last part, which needs no file. */
  lines: Numbered[]
  /** Name of another file that keeps the numbers: a part for a later merge. */
  numberedName?: string
}

export function createMergeLines(deps: ActivityDependencies) {
  /** Writes the lines of all parts to one file in the order of their numbers, holding one line of each; answers its URI. */
  return async function mergeLines(input: MergeLinesInput): Promise<string> {
    const { execution, taskId, taskRunId, fileName } = input
    const { tenantId } = execution
    const folder = taskRunFolder({ ...execution, taskId, taskRunId })
    const path = `${folder}/${fileName}`
    const parts = input.parts.map(uri => parseStorageUri(uri)).filter(part => part !== null)
    const stopHeartbeat = keepAlive()
    try {
      // Parts go only once the file is written: where one is gone, an attempt before this one came so far.
      const isWritten = parts[0] !== undefined && !(await deps.storage.exists(tenantId, parts[0]))
      const sources = () => [...parts.map(part => readNumbered(deps, tenantId, part)), fromList(input.lines)]
      const write = (to: string, lines: AsyncIterable<Json>) =>
        deps.storage.put(tenantId, to, Readable.from(asText(lines)))
      if (!isWritten) {
        if (input.numberedName !== undefined) await write(`${folder}/${input.numberedName}`, merged(sources()))
        await write(path, withoutNumbers(merged(sources())))
      }
      for (const part of parts) await deps.storage.delete(tenantId, part)
      return toStorageUri(path)
    } finally {
      stopHeartbeat()
    }
  }
}

async function* readNumbered(deps: ActivityDependencies, tenantId: string, path: string): AsyncGenerator<Numbered> {
  const lines = createInterface({ input: await deps.storage.open(tenantId, path), crlfDelay: Infinity })
  for await (const line of lines) if (line !== '') yield JSON.parse(line) as Numbered
}

async function* fromList(lines: Numbered[]): AsyncGenerator<Numbered> {
  yield* lines
}

async function* merged(sources: AsyncGenerator<Numbered>[]): AsyncGenerator<Numbered> {
  const heads: { next: Numbered; source: AsyncGenerator<Numbered> }[] = []
  for (const source of sources) {
    const { value, done } = await source.next()
    if (!done) heads.push({ next: value, source })
  }
  while (heads.length > 0) {
    let least = 0
    for (let index = 1; index < heads.length; index++) if (heads[index]!.next[0] < heads[least]!.next[0]) least = index
    const head = heads[least]!
    yield head.next
    const { value, done } = await head.source.next()
    if (done) heads.splice(least, 1)
    else head.next = value
  }
}

async function* withoutNumbers(lines: AsyncIterable<Numbered>): AsyncGenerator<Json> {
  for await (const [, line] of lines) yield line
}

async function* asText(lines: AsyncIterable<Json>): AsyncGenerator<string> {
  for await (const line of lines) yield `${JSON.stringify(line)}\n`
}

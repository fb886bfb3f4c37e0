import { Readable } from 'node:stream'
import { type RunContext, TaskError } from '#language/define-plugin'
import type { Json, JsonObject } from '#language/json'
import { type Row, toJson } from '../../../rows/values'
import { formatIon } from '../../../rows/write-ion'
import type { FetchType } from './properties'

/** Outputs are kept with the execution and read by every later expression: rows beyond this belong into a file. */
const maxFetchBytes = 8 * 1024 * 1024

type Batches = AsyncIterable<Row[]>
type Target = { ctx: Pick<RunContext, 'storage' | 'metric'>; fileName: string }

const fetchers: Record<FetchType, (batches: Batches, target: Target) => Promise<JsonObject>> = {
  NONE: async () => ({}),
  FETCH: fetchAll,
  FETCH_ONE: fetchOne,
  STORE: store,
}

/** Turns the rows of one statement into the outputs that `fetchType` asks for. */
export async function fetchRows(fetchType: FetchType, batches: Batches, target: Target): Promise<JsonObject> {
  const outputs = await fetchers[fetchType](batches, target)
  if (typeof outputs.size === 'number') {
    target.ctx.metric({ name: 'fetch.size', type: 'counter', value: outputs.size })
  }
  return outputs
}

async function fetchAll(batches: Batches): Promise<JsonObject> {
  const rows: Json[] = []
  let bytes = 0
  for await (const batch of batches) {
    for (const row of batch) {
      const json = toJson(row)
      bytes += Buffer.byteLength(JSON.stringify(json))
      if (bytes > maxFetchBytes) {
        throw new TaskError(
          `The rows are too many for outputs (over ${maxFetchBytes / 1024 / 1024} MiB, after ${rows.length} rows); ` +
            'use fetchType: STORE, which writes them to a file',
        )
      }
      rows.push(json)
    }
  }
  return { rows, size: rows.length }
}

async function fetchOne(batches: Batches): Promise<JsonObject> {
  for await (const [row] of batches) {
    if (row) return { row: toJson(row), size: 1 }
  }
  return { size: 0 }
}

async function store(batches: Batches, { ctx, fileName }: Target): Promise<JsonObject> {
  let size = 0
  async function* lines(): AsyncGenerator<string> {
    for await (const batch of batches) {
      size += batch.length
      yield batch.map(row => `${formatIon(row)}\n`).join('')
    }
  }
  const uri = await ctx.storage.put(fileName, Readable.from(lines(), { objectMode: true, highWaterMark: 2 }))
  return { uri, size }
}

import type { Json, JsonObject } from '#language/json'
import { readCsv } from './read-csv'
import { readIon } from './read-ion'
import { isRow, type RowValue, toJson } from './values'

export type RowFormat = 'ion' | 'json' | 'jsonl' | 'csv' | 'tsv'

/** The first rows of a file, as a table shows them. */
export type RowPreview = { columns: string[]; rows: JsonObject[]; truncated: boolean }

type Source = AsyncIterable<Uint8Array | string>

const readers: Record<RowFormat, (source: Source) => AsyncIterable<RowValue>> = {
  ion: source => readIon(source),
  json: source => readIon(source, { unwrapArray: true }),
  jsonl: source => readIon(source),
  csv: source => readCsv(source, { onBadLines: 'SKIP' }),
  tsv: source => readCsv(source, { separator: '\t', onBadLines: 'SKIP' }),
}

const formats: Record<string, RowFormat> = {
  ion: 'ion',
  json: 'json',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  csv: 'csv',
  tsv: 'tsv',
}

/** The format of a file by its name; null where it is no file of rows. */
export function rowFormatOf(fileName: string): RowFormat | null {
  const extension = /\.([^./]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? ''
  return Object.hasOwn(formats, extension) ? (formats[extension] ?? null) : null
}

/** The rows of a stream in a format, one at a time; JSON's own types only. */
export async function* streamRows(format: RowFormat, source: Source): AsyncGenerator<JsonObject> {
  for await (const value of readers[format](source)) yield toRowObject(value)
}

/** Reads at most `maxRows` rows and about `maxBytes` bytes, however long the file is. Rejects with `RowError` on bad data. */
export async function readRows(
  format: RowFormat,
  source: Source,
  options: { maxRows: number; maxBytes?: number },
): Promise<RowPreview> {
  const { maxRows, maxBytes = 16 * 1024 * 1024 } = options
  const columns = new Set<string>()
  const rows: JsonObject[] = []
  const limited = limitBytes(source, maxBytes)
  try {
    for await (const row of streamRows(format, limited.source)) {
      if (rows.length === maxRows) return { columns: [...columns], rows, truncated: true }
      for (const name of Object.keys(row)) columns.add(name)
      rows.push(row)
    }
  } catch (error) {
    // The bytes ended in the middle of a record because they were cut, not because the data is bad.
    if (!limited.isCut()) throw error
  }
  return { columns: [...columns], rows, truncated: limited.isCut() }
}

function limitBytes(source: Source, maxBytes: number): { source: Source; isCut(): boolean } {
  let isCut = false
  async function* read(): AsyncGenerator<Uint8Array | string> {
    let bytes = 0
    for await (const chunk of source) {
      bytes += chunk.length
      yield chunk
      if (bytes >= maxBytes) {
        isCut = true
        return
      }
    }
  }
  return { source: read(), isCut: () => isCut }
}

/** A value that is no row is shown in one column. */
function toRowObject(value: RowValue): JsonObject {
  return isRow(value) ? (toJson(value) as JsonObject) : { value: toJson(value) as Json }
}

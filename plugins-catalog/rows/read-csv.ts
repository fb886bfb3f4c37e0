import { type CsvOptions, type CsvRecord, parseCsv } from './parse-csv'
import { type Row, RowError, setOwn } from './values'

export type ReadCsvOptions = CsvOptions & {
  /** Whether the first record holds the names; else they are `0`, `1`, ... */
  header?: boolean
  skipEmptyRows?: boolean
  onBadLines?: 'ERROR' | 'WARN' | 'SKIP'
  /** Told of each bad line that is left out, with WARN. */
  warn?(message: string): void
}

/** The rows of a CSV stream; all values are text. */
export async function* readCsv(
  source: AsyncIterable<Uint8Array | string>,
  options: ReadCsvOptions = {},
): AsyncGenerator<Row> {
  const { header = true, skipEmptyRows = false, onBadLines = 'ERROR' } = options
  let names: string[] | null = null
  for await (const record of parseCsv(source, options)) {
    if (names === null) {
      names = header ? readNames(record) : record.cells.map((_cell, index) => String(index))
      if (header) continue
    }
    // A blank line says nothing of a table of several columns.
    const isBlank = record.cells.every(cell => cell === '')
    if (isBlank && (skipEmptyRows || (record.cells.length === 1 && names.length > 1))) continue
    if (record.cells.length === names.length) {
      yield toRow(names, record.cells)
      continue
    }
    const problem = `line ${record.line} has ${record.cells.length} cells, the header ${names.length}`
    if (onBadLines === 'ERROR') throw new RowError(problem)
    if (onBadLines === 'WARN') options.warn?.(problem)
  }
}

/** Names are made unique, so that no column hides another. */
function readNames({ cells }: CsvRecord): string[] {
  const seen = new Map<string, number>()
  return cells.map(cell => {
    const count = (seen.get(cell) ?? 0) + 1
    seen.set(cell, count)
    return count === 1 ? cell : `${cell}_${count}`
  })
}

function toRow(names: string[], cells: string[]): Row {
  const row: Row = {}
  for (const [index, name] of names.entries()) setOwn(row, name, cells[index] ?? '')
  return row
}

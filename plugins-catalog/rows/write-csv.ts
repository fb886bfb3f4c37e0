import { isRow, type Row, type RowValue, toCellText } from './values'

export type WriteCsvOptions = {
  header?: boolean
  separator?: string
  quote?: string
  lineDelimiter?: string
  /** Quote every cell, not only those that need it. */
  alwaysQuote?: boolean
  /** How a value shows; by default as `toCellText` has it. */
  cellText?(value: RowValue): string
}

/** CSV text of rows, line by line. The columns are those of the first row; lists count as rows without names. */
export async function* writeCsv(rows: AsyncIterable<RowValue>, options: WriteCsvOptions = {}): AsyncGenerator<string> {
  const { header = true, lineDelimiter = '\n', cellText = toCellText } = options
  const toLine = createLineWriter(options)
  let names: string[] | null = null
  for await (const value of rows) {
    if (Array.isArray(value)) {
      yield toLine(value.map(cellText)) + lineDelimiter
      continue
    }
    const row: Row = isRow(value) ? value : { value }
    if (names === null) {
      names = Object.keys(row)
      if (header) yield toLine(names) + lineDelimiter
    }
    yield toLine(names.map(name => cellText(Object.hasOwn(row, name) ? (row[name] ?? null) : null))) + lineDelimiter
  }
}

function createLineWriter({ separator = ',', quote = '"', alwaysQuote = false }: WriteCsvOptions) {
  const needsQuotes = (cell: string) =>
    cell.includes(separator) || cell.includes(quote) || cell.includes('\n') || cell.includes('\r')
  const toCell = (cell: string) =>
    alwaysQuote || needsQuotes(cell) ? quote + cell.replaceAll(quote, quote + quote) + quote : cell
  return (cells: string[]) => cells.map(toCell).join(separator)
}

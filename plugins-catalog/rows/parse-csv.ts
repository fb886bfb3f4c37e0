import { RowError } from './values'

export type CsvOptions = {
  /** One character. */
  separator?: string
  quote?: string
  /** Skipped lines at the start. */
  skipRows?: number
  encoding?: string
}

/** A cell larger than this is no cell: the quotes of the file are broken. */
const maxCellChars = 8 * 1024 * 1024

/** One record of a CSV file, and the line it starts on, from 1. */
export type CsvRecord = { cells: string[]; line: number }

/**
 * The records of a CSV stream as RFC 4180 has them: quoted cells may hold separators, line ends and doubled quotes; lines
 * end by LF, CRLF or CR. A blank line is a record of one empty cell.
 */
export async function* parseCsv(
  source: AsyncIterable<Uint8Array | string>,
  options: CsvOptions = {},
): AsyncGenerator<CsvRecord> {
  const { skipRows = 0, encoding = 'utf-8' } = options
  const decoder = new TextDecoder(encoding)
  const parser = new CsvParser(options)
  let skipped = 0
  const fresh = function* (records: Iterable<CsvRecord>) {
    for (const record of records) if (skipped++ >= skipRows) yield record
  }
  for await (const chunk of source) {
    yield* fresh(parser.push(typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true })))
  }
  yield* fresh(parser.push(decoder.decode()))
  yield* fresh(parser.end())
}

class CsvParser {
  readonly #separator: string
  readonly #quote: string
  /** Ends an unquoted cell. */
  readonly #stop: RegExp
  #cells: string[] = []
  #cell = ''
  #line = 1
  #startLine = 1
  #isQuoted = false
  /** The last character was a quote that may end the quoted cell or be the first of a doubled one. */
  #isQuotePending = false
  #isAfterCr = false
  #isEmpty = true

  constructor({ separator = ',', quote = '"' }: CsvOptions) {
    if (separator.length !== 1)
      throw new RowError(`the separator must be one character, not ${JSON.stringify(separator)}`)
    if (quote.length !== 1) throw new RowError(`the text delimiter must be one character, not ${JSON.stringify(quote)}`)
    this.#separator = separator
    this.#quote = quote
    this.#stop = new RegExp(`[${[separator, quote].map(escapeInClass).join('')}\\r\\n]`, 'g')
  }

  *push(text: string): Generator<CsvRecord> {
    let at = 0
    while (at < text.length) {
      if (this.#isQuoted && !this.#isQuotePending) {
        at = this.#readQuoted(text, at)
        continue
      }
      const stop = this.#nextStop(text, at)
      this.#append(text, at, stop)
      at = stop
      if (at === text.length) break
      const record = this.#take(text[at] as string)
      if (record) yield record
      at++
    }
  }

  *end(): Generator<CsvRecord> {
    if (this.#isQuoted && !this.#isQuotePending) {
      throw new RowError(`the quoted cell that starts in the record of line ${this.#startLine} has no end`)
    }
    if (!this.#isEmpty) yield this.#endRecord()
  }

  #readQuoted(text: string, at: number): number {
    const found = text.indexOf(this.#quote, at)
    const end = found === -1 ? text.length : found
    const part = text.slice(at, end)
    this.#line += countLines(part)
    this.#cell += part
    if (this.#cell.length > maxCellChars) {
      throw new RowError(`a cell of the record on line ${this.#startLine} is larger than ${maxCellChars} characters`)
    }
    if (found === -1) return end
    this.#isQuotePending = true
    return end + 1
  }

  #nextStop(text: string, at: number): number {
    this.#stop.lastIndex = at
    const match = this.#stop.exec(text)
    return match ? match.index : text.length
  }

  #append(text: string, from: number, to: number): void {
    if (from === to) return
    this.#closeQuote()
    this.#isAfterCr = false
    this.#isEmpty = false
    this.#cell += text.slice(from, to)
  }

  #closeQuote(): void {
    if (!this.#isQuotePending) return
    this.#isQuoted = false
    this.#isQuotePending = false
  }

  #take(char: string): CsvRecord | null {
    if (char === this.#quote) return this.#takeQuote()
    this.#closeQuote()
    if (char === this.#separator) {
      this.#isAfterCr = false
      this.#isEmpty = false
      this.#cells.push(this.#cell)
      this.#cell = ''
      return null
    }
    const isRestOfCrLf = char === '\n' && this.#isAfterCr
    this.#isAfterCr = char === '\r'
    if (isRestOfCrLf) return null
    this.#line++
    return this.#endRecord()
  }

  #takeQuote(): null {
    this.#isAfterCr = false
    this.#isEmpty = false
    if (this.#isQuotePending) {
      this.#cell += this.#quote
      this.#isQuotePending = false
    } else if (this.#cell === '') this.#isQuoted = true
    else this.#cell += this.#quote
    return null
  }

  #endRecord(): CsvRecord {
    const record = { cells: [...this.#cells, this.#cell], line: this.#startLine }
    this.#closeQuote()
    this.#cells = []
    this.#cell = ''
    this.#isEmpty = true
    this.#startLine = this.#line
    return record
  }
}

function escapeInClass(char: string): string {
  return /[\\\]^-]/.test(char) ? `\\${char}` : char
}

function countLines(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++
  return count
}

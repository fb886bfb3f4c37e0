import { lineAt, lineStarts } from '../../yaml/line-starts'
import type { TextEdit } from '../edit'

/** A text by its lines, counted from 0. A line break at the end makes a last line that is empty. */
export class TextLines {
  readonly text: string
  readonly eol: '\n' | '\r\n'
  readonly #starts: readonly number[]

  constructor(text: string) {
    this.text = text
    this.#starts = lineStarts(text)
    const first = text.indexOf('\n')
    this.eol = first > 0 && text[first - 1] === '\r' ? '\r\n' : '\n'
  }

  get count(): number {
    return this.#starts.length
  }

  startOf(line: number): number {
    return this.#starts[line] ?? this.text.length
  }

  /** Without its break. */
  line(index: number): string {
    const start = this.startOf(index)
    return this.text.slice(start, this.endOf(index))
  }

  /** Offset of its break, or the end of the text. */
  endOf(index: number): number {
    const next = this.#starts[index + 1]
    if (next === undefined) return this.text.length
    return this.text[next - 2] === '\r' ? next - 2 : next - 1
  }

  lineAt(offset: number): number {
    return lineAt(this.#starts, offset)
  }

  columnAt(offset: number): number {
    return offset - this.startOf(this.lineAt(offset))
  }

  isBlank(line: number): boolean {
    return this.line(line).trim() === ''
  }

  isComment(line: number): boolean {
    return this.line(line).trimStart().startsWith('#')
  }

  indentOf(line: number): number {
    return /^ */.exec(this.line(line))![0].length
  }

  /** Puts lines before a line; `count` stands for the end of a text without a break there. */
  insert(before: number, lines: readonly string[]): TextEdit {
    if (before < this.count) {
      const start = this.startOf(before)
      return { start, end: start, text: lines.map(line => line + this.eol).join('') }
    }
    const end = this.text.length
    return { start: end, end, text: lines.map(line => this.eol + line).join('') }
  }

  /** Takes out the lines from `from` up to and without `to`. */
  remove(from: number, to: number): TextEdit {
    const isAtEnd = to >= this.count && from > 0
    return { start: isAtEnd ? this.endOf(from - 1) : this.startOf(from), end: this.startOf(to), text: '' }
  }

  /** Puts others in the place of the lines from `from` up to and without `to`. */
  replace(from: number, to: number, lines: readonly string[]): TextEdit {
    return { start: this.startOf(from), end: this.endOf(to - 1), text: lines.join(this.eol) }
  }
}

/** Applies edits that do not overlap, in any order; of those at one place the first comes first. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = text
  const sorted = edits.map((edit, index) => ({ ...edit, index })).sort((a, b) => b.start - a.start || b.index - a.index)
  for (const { start, end, text: written } of sorted) result = result.slice(0, start) + written + result.slice(end)
  return result
}

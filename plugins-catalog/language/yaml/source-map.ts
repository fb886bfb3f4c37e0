import type { Range, SourceMap } from '../diagnostics'
import { lineAt, lineStarts } from './line-starts'

/** Where a value stands, and where what it holds stands. */
export type Place = {
  start: number
  end: number
  key?: { start: number; end: number }
  children?: Map<string | number, Place>
}

/** Turns offsets into lines and columns. */
export class Lines {
  readonly #starts: readonly number[]

  constructor(text: string) {
    this.#starts = lineStarts(text)
  }

  range(start: number, end: number): Range {
    const from = this.#position(start)
    const to = this.#position(Math.max(start, end))
    return { start, end: Math.max(start, end), ...from, endLine: to.line, endColumn: to.column }
  }

  /** Offset at which a line (from 1) begins; the end of the text for a line that isn't there. */
  startOf(line: number): number | undefined {
    return this.#starts[line - 1]
  }

  #position(offset: number): { line: number; column: number } {
    const line = lineAt(this.#starts, offset)
    return { line: line + 1, column: offset - this.#starts[line]! + 1 }
  }
}

export function createSourceMap(text: string, lines: Lines, root: Place): SourceMap {
  return {
    rangeOf(path, what = 'value') {
      const { place, isExact } = find(root, path)
      const span = what === 'key' && isExact && place.key !== undefined ? place.key : place
      return lines.range(span.start, trimmedEnd(text, span.start, span.end))
    },
    rangeInText(path, line, column) {
      const { place, isExact } = find(root, path)
      const whole = lines.range(place.start, trimmedEnd(text, place.start, place.end))
      const start = isExact ? offsetInText(text, lines, place, line, column) : null
      return start === null ? whole : lines.range(start, endOfWord(text, start, place.end))
    },
  }
}

/** The place at a path, or that of its nearest known ancestor. */
function find(root: Place, path: readonly (string | number)[]): { place: Place; isExact: boolean } {
  let place = root
  for (const part of path) {
    const child = place.children?.get(part)
    if (child === undefined) return { place, isExact: false }
    place = child
  }
  return { place, isExact: true }
}

function trimmedEnd(text: string, start: number, end: number): number {
  let last = end
  while (last > start && /\s/.test(text[last - 1]!)) last--
  return last
}

/**
 * Where a line and column of a text's value stand in the source. Literal blocks (`|`) keep their lines, so do plain and
 * quoted texts of one line without escapes; the rest is folded and has no exact answer.
 */
function offsetInText(text: string, lines: Lines, place: Place, line: number, column: number): number | null {
  const source = text.slice(place.start, place.end)
  if (source.startsWith('|')) return offsetInBlock(text, lines, place, line, column)
  if (line !== 1 || source.includes('\n') || source.startsWith('>')) return null
  const quote = source[0] === '"' || source[0] === "'"
  if (quote && /\\|''/.test(source)) return null
  return Math.min(place.start + (quote ? 1 : 0) + column - 1, place.end)
}

function offsetInBlock(text: string, lines: Lines, place: Place, line: number, column: number): number | null {
  const header = lines.range(place.start, place.start).line
  const indent = /^[^\n]*\n(?:[ ]*\n)*([ ]+)/.exec(text.slice(place.start, place.end))?.[1]?.length
  const start = lines.startOf(header + line)
  if (start === undefined || indent === undefined) return null
  return Math.min(start + indent + column - 1, place.end)
}

function endOfWord(text: string, start: number, end: number): number {
  const word = /^[\w.-]+/.exec(text.slice(start, Math.min(end, start + 200)))?.[0].length ?? 1
  return start + word
}

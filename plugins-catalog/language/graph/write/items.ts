import { isMap, type Node, type YAMLSeq } from 'yaml'
import { dedent } from './block'
import { lastLineOf, type Page } from './page'

/** The lines of an item of a list in block style, counted from 0. */
export type ItemSpan = {
  /** First of the comment that stands directly above it, or its dash. */
  first: number
  dash: number
  /** Its last one, comments below that are indented as a part of it included. */
  last: number
}

export const sharesLine = 'it shares its line with something else'

/** Where the items of a list stand; a reason where a dash is not the first of its line. */
export function itemSpans(page: Page, list: YAMLSeq): ItemSpan[] | string {
  const column = dashColumn(page, list)
  const spans: ItemSpan[] = []
  for (const item of list.items as Node[]) {
    const dash = dashLineOf(page, item, column)
    if (dash === undefined) return sharesLine
    const before = spans.at(-1)
    const floor = before === undefined ? undefined : before.last + 1
    spans.push({ first: leadOf(page, dash, floor), dash, last: tailOf(page, lastLineOf(page, item), column) })
  }
  return spans
}

export function dashColumn(page: Page, list: YAMLSeq): number {
  return page.lines.columnAt(list.range![0])
}

function dashLineOf(page: Page, item: Node, column: number): number | undefined {
  const isDash = (line: string) =>
    line[column] === '-' && line.slice(0, column).trim() === '' && /^-(\s|$)/.test(line.slice(column))
  for (let line = page.lines.lineAt(item.range![0]); line >= 0; line--) {
    const text = page.lines.line(line)
    if (isDash(text)) return line
    const isBetween = text.trim() === '' || page.lines.isComment(line) || line === page.lines.lineAt(item.range![0])
    if (!isBetween) return undefined
  }
  return undefined
}

/** The comment directly above a line, down to what stands before. */
function leadOf(page: Page, line: number, floor = 0): number {
  let first = line
  while (first > floor && page.lines.isComment(first - 1)) first--
  return first
}

/** Comments directly below that are indented deeper than a column belong to what stands above. */
export function tailOf(page: Page, last: number, column: number): number {
  let line = last
  while (line + 1 < page.lines.count && page.lines.isComment(line + 1) && page.lines.indentOf(line + 1) > column) line++
  return line
}

/** Spaces from an item's dash to its text. */
export function dashWidth(page: Page, list: YAMLSeq): number {
  const item = list.items[0] as Node | undefined
  if (!isMap(item) || item.flow) return 2
  return Math.max(2, page.lines.columnAt(item.range![0]) - dashColumn(page, list))
}

/** An item as text for the very left: comments directly above it, then its own lines. */
export function itemText(page: Page, list: YAMLSeq, index: number, span: ItemSpan): { lead: string[]; body: string[] } {
  const column = dashColumn(page, list)
  const item = list.items[index] as Node
  const line = page.lines.line(span.dash)
  const rest = line.slice(column + 1)
  const isBelow = page.lines.lineAt(item.range![0]) > span.dash
  const width = isBelow || isMap(item) ? page.lines.columnAt(item.range![0]) : column + 1 + rest.search(/\S|$/)
  const body = dedent(linesOf(page, span.dash + 1, span.last), Math.max(width, column + 1))
  const head = rest.trimStart()
  return { lead: dedent(linesOf(page, span.first, span.dash - 1), column), body: head === '' ? body : [head, ...body] }
}

export function linesOf(page: Page, from: number, to: number): string[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => page.lines.line(from + index))
}

/** Blank lines directly above a line. */
export function blanksAbove(page: Page, line: number): number {
  let first = line
  while (first > 0 && page.lines.isBlank(first - 1)) first--
  return line - first
}

import { isMap, isSeq, type Scalar } from 'yaml'
import type { Path } from '../../check/problem'
import type { TextEdit } from '../edit'
import { indent } from './block'
import { endOf, lastLineOf, type Page } from './page'
import { blockText, inlineText, plainText, quoted } from './scalar'

/** Puts a text in the place of another, in the same quotes or as the same kind of block; null where that can't be. */
export function rewriteScalar(page: Page, path: Path, node: Scalar, value: string): TextEdit[] | null {
  const parent = page.flow.node(path.slice(0, -1))
  const isInline = (isMap(parent) || isSeq(parent)) && parent.flow === true
  const start = node.range![0]
  const end = endOf(page, node)
  const { type } = node
  if (type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE') {
    const isMultiline = value.includes('\n')
    if (isMultiline && !isInline) return null
    return [{ start, end, text: quoted(value, isMultiline ? 'QUOTE_DOUBLE' : type) }]
  }
  if (type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED') return rewriteBlock(page, node, value)
  if (start === end || (value.includes('\n') && !isInline)) return null
  return [{ start, end, text: isInline ? inlineText(value) : plainText(value) }]
}

function rewriteBlock(page: Page, node: Scalar, value: string): TextEdit[] | null {
  const { lines } = page
  const start = node.range![0]
  const headLine = lines.lineAt(start)
  const column = /^[|>][+-]?\d/.test(page.flow.text.slice(start, start + 3))
    ? null
    : contentColumn(page, headLine, node)
  const block = blockText(value.includes('\n') ? value : `${value}\n`, 2)
  if (column === null || block === null || /\d/.test(block.head)) return null
  const isOne = !value.includes('\n')
  const sign = node.type === 'BLOCK_FOLDED' && block.lines.length === 1 ? '>' : '|'
  const chomp = isOne ? '-' : block.head.slice(1)
  const comment = /\s#.*$/.exec(lines.line(headLine).slice(lines.columnAt(start)))?.[0] ?? ''
  const last = lastLineOf(page, node)
  const text = [`${sign}${chomp}${comment}`, ...indent(block.lines, column)].join(lines.eol)
  return [{ start, end: lines.endOf(last), text }]
}

function contentColumn(page: Page, headLine: number, node: Scalar): number | null {
  const last = lastLineOf(page, node)
  for (let line = headLine + 1; line <= last; line++) if (!page.lines.isBlank(line)) return page.lines.indentOf(line)
  return null
}

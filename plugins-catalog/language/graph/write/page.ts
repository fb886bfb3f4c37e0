import { isMap, isScalar, isSeq, type Node, type Pair, visit } from 'yaml'
import { FlowText } from '../../dialects/flow-text'
import { TextLines } from './text-lines'

/** How a flow indents. */
export type Style = {
  /** Of a map under its property. */
  map: number
  /** Of a list's dash under its property. */
  list: number
}

/** A flow's text with all that an edit asks of it. */
export type Page = { flow: FlowText; lines: TextLines; style: Style }

/** Null where the text can't be read as YAML. */
export function openPage(text: string): Page | null {
  const flow = FlowText.open(text)
  if (flow === null) return null
  const lines = new TextLines(text)
  return { flow, lines, style: styleOf(flow, lines) }
}

function styleOf(flow: FlowText, lines: TextLines): Style {
  const found: Partial<Style> = {}
  visit(flow.root, {
    Pair: (_, pair) => {
      const { key, value } = pair as Pair<Node, Node | null>
      if (!key?.range || !value?.range || lines.lineAt(key.range[0]) === lines.lineAt(value.range[0])) return
      const deeper = lines.columnAt(value.range[0]) - lines.columnAt(key.range[0])
      if (isSeq(value) && !value.flow) found.list ??= deeper
      if (isMap(value) && !value.flow) found.map ??= deeper
      if (found.list !== undefined && found.map !== undefined) return visit.BREAK
    },
  })
  const map = found.map ?? 2
  return { map, list: found.list ?? map }
}

/** Offset behind the own text of a value: without white space and comments after it, but with all that counts as its text. */
export function endOf(page: Page, node: Node): number {
  const last = lastLeaf(node)
  const [start, end] = last.range!
  if (keepsBlankLines(page, last)) return end
  return start + page.flow.text.slice(start, end).trimEnd().length
}

/** The line on which a value's own text ends. */
export function lastLineOf(page: Page, node: Node): number {
  const { text } = page.flow
  const end = endOf(page, node)
  const isBehindBreak = end > 0 && text[end - 1] === '\n' && keepsBlankLines(page, lastLeaf(node))
  return page.lines.lineAt(isBehindBreak ? end - 1 : end)
}

/** Whether the last text of a value takes blank lines after it as its own (`|+`). */
export function endsKeeping(page: Page, node: Node): boolean {
  return keepsBlankLines(page, lastLeaf(node))
}

function keepsBlankLines(page: Page, node: Node): boolean {
  if (!isScalar(node) || (node.type !== 'BLOCK_LITERAL' && node.type !== 'BLOCK_FOLDED')) return false
  return /^[|>]\d*\+/.test(page.flow.text.slice(node.range![0], node.range![0] + 4))
}

/** What is written last of a value; a property without a value is its name. */
function lastLeaf(node: Node): Node {
  if (isSeq(node) && !node.flow) {
    const last = node.items.at(-1) as Node | undefined
    return last?.range ? lastLeaf(last) : node
  }
  if (isMap(node) && !node.flow) {
    const last = node.items.at(-1) as Pair<Node, Node | null> | undefined
    if (last?.value?.range) return lastLeaf(last.value)
    return last?.key ?? node
  }
  return node
}

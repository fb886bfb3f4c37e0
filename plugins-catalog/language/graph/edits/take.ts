import { isSeq, type Node } from 'yaml'
import type { Path } from '../../check/problem'
import { isJsonObject } from '../../json'
import { valueAt } from '../../paths'
import { dedent } from '../write/block'
import { itemSpans, itemText, linesOf } from '../write/items'
import { endOf, lastLineOf, type Page } from '../write/page'
import type { Chunk, Context } from './context'

/** The text of a task or trigger, to be put elsewhere. What it depends on in its Dag is kept for one of the same, or left. */
export function takeChunk({ page, flow }: Context, path: Path, dependencies: 'keep' | 'leave'): Chunk | string {
  const value = valueAt(flow, path)
  if (!isJsonObject(value)) return 'no task or trigger is written there'
  const chunk = takeItem(page, path, value)
  const isWrapped = isJsonObject(value.task) && value.type === undefined
  if (typeof chunk === 'string' || !isWrapped || dependencies === 'keep') return chunk
  const task = value.task
  if (!isJsonObject(task)) return chunk
  const inner = takeHeld(page, [...path, 'task'], task)
  return typeof inner === 'string' ? inner : { ...inner, lead: chunk.lead }
}

function takeItem(page: Page, path: Path, value: Chunk['value']): Chunk | string {
  const list = page.flow.node(path.slice(0, -1))
  const index = path.at(-1)
  if (!isSeq(list) || typeof index !== 'number') return takeHeld(page, path, value)
  if (list.flow) return { lead: [], body: inBraces(page, list.items[index] as Node), value }
  const spans = itemSpans(page, list)
  if (typeof spans === 'string') return spans
  return { ...itemText(page, list, index, spans[index]!), value }
}

/** The map below a property. */
function takeHeld(page: Page, path: Path, value: Chunk['value']): Chunk | string {
  const node = page.flow.node(path)
  const key = page.flow.pair(path)?.key
  if (!node?.range || key === undefined) return 'it comes from an anchor or a merge'
  const start = page.lines.lineAt(node.range[0])
  if (start === page.lines.lineAt(key.range![0])) return { lead: [], body: inBraces(page, node), value }
  const body = linesOf(page, page.lines.lineAt(key.range![1]) + 1, lastLineOf(page, node))
  return { lead: [], body: dedent(body, page.lines.columnAt(node.range[0])), value }
}

/** As it is written, so that it comes back the same. */
function inBraces(page: Page, node: Node): string[] {
  const column = page.lines.columnAt(node.range![0])
  const [first = '', ...more] = page.flow.text.slice(node.range![0], endOf(page, node)).split(/\r?\n/)
  return [first, ...dedent(more, column)]
}

import { isMap, isSeq, visit } from 'yaml'
import type { Path } from '../../check/problem'
import type { Json } from '../../json'
import { isSamePath, startsWith, valueAt } from '../../paths'
import type { Spot } from '../edit'
import { goneWith, itemPathOf, pathWithout, shapeAt } from '../places'
import { itemSpans, linesOf } from '../write/items'
import { openPage, type Page } from '../write/page'
import { removeValue } from '../write/values'
import { type Chunk, type Context, changed, chunkText, type Plan, type Step, withRemoved } from './context'
import { planChunk } from './insert'
import { freeDependents } from './remove'
import { takeChunk } from './take'

/** Takes a task or trigger with its comments to another place. */
export function planMove(context: Context, given: Path, at: Spot): Plan | string {
  const { flow, catalog } = context
  const path = itemPathOf(given)
  const list = itemPathOf(at.list)
  if (valueAt(flow, path) === undefined) return 'nothing is written there'
  if (startsWith(list, path)) return 'a task can’t be moved into itself'
  const from = path.at(-1)
  const items = valueAt(flow, list)
  const isWithin = isSamePath(list, path.slice(0, -1)) && typeof from === 'number' && Array.isArray(items)
  if (isWithin) return at.index > items.length ? 'the list has no such place' : reorder(context, list, from, at.index)
  const chunk = takeChunk(context, path, 'leave')
  if (typeof chunk === 'string') return chunk
  if (shapeAt(flow, list, catalog) === 'one' && startsWith(path, list)) return 'it is there already'
  if (hasComments(chunk) && isInline(context.page, list)) {
    return 'it has comments, and what is written in braces there takes none'
  }
  const freed = freeDependents(context, path)
  const gone = goneWith(freed.expected, path, catalog)
  const rest = withRemoved(freed.expected, gone)
  const target = { list: pathWithout(list, gone), index: at.index }
  const inserted = planChunk({ ...context, flow: rest }, target, chunk)
  if (typeof inserted === 'string') return inserted
  const remove: Step = page => removeValue(page, gone)
  return { steps: [...freed.steps, remove, ...inserted.steps], expected: inserted.expected }
}

function reorder({ flow }: Context, list: Path, from: number, index: number): Plan {
  const to = index > from ? index - 1 : index
  if (to === from) return { steps: [], expected: flow }
  const expected = changed(flow, [...list, from], holder => {
    const items = holder as Json[]
    items.splice(to, 0, ...items.splice(from, 1))
  })
  return { steps: [now => reorderLines(now, list, from, to)], expected }
}

/** Items change places; what lies between them stays. */
function reorderLines(page: Page, path: Path, from: number, to: number) {
  const list = page.flow.node(path)
  if (!isSeq(list)) return 'it comes from an anchor or a merge'
  const order = list.items.map((_, index) => index)
  order.splice(to, 0, ...order.splice(from, 1))
  if (list.flow) return reorderInline(page, list.items as { range?: [number, number, number] | null }[], order)
  const spans = itemSpans(page, list)
  if (typeof spans === 'string') return spans
  const low = Math.min(from, to)
  const high = Math.max(from, to)
  const lines = order.slice(low, high + 1).flatMap((source, offset) => {
    const slot = low + offset
    const gap = slot === high ? [] : linesOf(page, spans[slot]!.last + 1, spans[slot + 1]!.first - 1)
    return [...linesOf(page, spans[source]!.first, spans[source]!.last), ...gap]
  })
  return [page.lines.replace(spans[low]!.first, spans[high]!.last + 1, lines)]
}

function reorderInline(page: Page, items: { range?: [number, number, number] | null }[], order: number[]) {
  return order.flatMap((source, slot) => {
    const [start, end] = items[slot]!.range!
    const [from, to] = items[source]!.range!
    return source === slot ? [] : [{ start, end, text: page.flow.text.slice(from, to) }]
  })
}

/** Whether what goes into a list comes to stand within braces or brackets. */
function isInline(page: Page, list: Path): boolean {
  const node = page.flow.node(list)
  if ((isSeq(node) || isMap(node)) && node.items.length > 0) return node.flow === true
  return list.length > 0 && isInline(page, list.slice(0, -1))
}

function hasComments(chunk: Chunk): boolean {
  const page = openPage(chunkText(chunk))
  if (page === null || chunk.lead.length > 0) return true
  let found = false
  visit(page.flow.root, {
    Node: (_, { comment, commentBefore }) => {
      found ||= Boolean(comment) || Boolean(commentBefore)
    },
  })
  return found
}

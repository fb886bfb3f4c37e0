import { isMap, isScalar, isSeq, type Node, type YAMLSeq } from 'yaml'
import type { Path } from '../../check/problem'
import type { TextEdit } from '../edit'
import { indent, inlineOf, itemLines, pairLines, type Written, write } from './block'
import { blanksAbove, dashColumn, dashWidth, type ItemSpan, itemSpans } from './items'
import { endOf, endsKeeping, lastLineOf, type Page } from './page'
import { addPair, afterColon, notOwn, type Rank, removePair } from './pairs'

/** What is to stand in a list: comments above it, and itself. */
export type Item = { lead: readonly string[]; written: Written }

/** Puts an item into a list; makes the list, and the maps around it, where they aren't written. */
export function insertItem(page: Page, list: Path, index: number, item: Item, rankOf: RankOf): TextEdit[] | string {
  const node = page.flow.node(list)
  if (isSeq(node) && node.items.length > 0) {
    if (index > node.items.length) return 'the list has no such place'
    return node.flow ? insertInline(page, node, index, item) : insertBlock(page, node, index, item)
  }
  if (index !== 0) return 'the list has no such place'
  const written = listOf(item)
  if (node === undefined) return addProperty(page, list, written, rankOf)
  if (!isSeq(node) && !isNull(node)) return 'what is written there is no list'
  return replaceValue(page, list, written)
}

/** The place of a property among those of the map at a path. */
export type RankOf = (map: Path) => Rank | undefined

function listOf({ lead, written }: Item): Written {
  const lines = [...lead, ...itemLines(written, 2)]
  return { head: '', lines, as: 'list', value: [written.value], inline: `[${inlineOf(written)}]` }
}

function insertBlock(page: Page, list: YAMLSeq, index: number, { lead, written }: Item): TextEdit[] | string {
  const spans = itemSpans(page, list)
  if (typeof spans === 'string') return spans
  const lines = indent([...lead, ...itemLines(written, dashWidth(page, list))], dashColumn(page, list))
  const gap = gapAt(page, spans, index)
  if (index === 0) return [page.lines.insert(spans[0]!.first, [...lines, ...gap])]
  const before = list.items[index - 1] as Node
  return [page.lines.insert(spans[index - 1]!.last + 1, [...(endsKeeping(page, before) ? [] : gap), ...lines])]
}

/** Blank lines that part two items around a place. */
function gapAt(page: Page, spans: readonly ItemSpan[], index: number): string[] {
  const below = spans[Math.min(Math.max(index, 1), spans.length - 1)]
  return spans.length < 2 || below === undefined ? [] : Array.from({ length: blanksAbove(page, below.first) }, () => '')
}

function insertInline(page: Page, list: YAMLSeq, index: number, { written }: Item): TextEdit[] {
  const text = inlineOf(written)
  if (index === 0) {
    const start = (list.items[0] as Node).range![0]
    return [{ start, end: start, text: `${text}, ` }]
  }
  const end = endOf(page, list.items[index - 1] as Node)
  return [{ start: end, end, text: `, ${text}` }]
}

/** Writes a property that isn't there, and the maps around it. */
export function addProperty(page: Page, path: Path, written: Written, rankOf: RankOf): TextEdit[] | string {
  const around = path.slice(0, -1)
  const name = path.at(-1)
  const node = page.flow.node(around)
  if (typeof name === 'number') {
    const isNext = node === undefined || isNull(node) || (isSeq(node) && node.items.length === name)
    return isNext ? insertItem(page, around, name, { lead: [], written }, rankOf) : 'the list has no such place'
  }
  if (name === undefined) return 'a flow can’t be replaced as a whole'
  if (isMap(node) && node.items.length > 0) {
    const rank = rankOf(around)
    return addPair(page, { map: node, ...(rank === undefined ? {} : { rank }) }, name, written)
  }
  const lines = pairLines(name, written, page.style)
  const map: Written = { head: '', lines, as: 'map', value: { [name]: written.value } }
  if (node === undefined) return around.length === 0 ? notOwn : addProperty(page, around, map, rankOf)
  return isMap(node) || isNull(node) ? replaceValue(page, around, map) : 'what is written there is no map'
}

export function isNull(node: Node | undefined): boolean {
  return isScalar(node) && node.value === null
}

/** Puts a value in the place of another; a comment behind its name stays. */
export function replaceValue(page: Page, path: Path, written: Written): TextEdit[] | string {
  const node = page.flow.node(path)
  if (!node?.range) return notOwn
  const parent = page.flow.node(path.slice(0, -1))
  if ((isMap(parent) || isSeq(parent)) && parent.flow) {
    return [{ start: node.range[0], end: endOf(page, node), text: inlineOf(written) }]
  }
  const key = page.flow.pair(path)?.key
  return key === undefined || isSeq(parent) ? replaceItem(page, node, written) : replaceUnder(page, key, node, written)
}

function replaceUnder(page: Page, key: Node, node: Node, { head, lines, as }: Written): TextEdit[] {
  const column = page.lines.columnAt(key.range![0])
  const colon = afterColon(page, key)
  const below = indent(lines, column + (as === 'list' ? page.style.list : page.style.map))
  const keyLine = page.lines.lineAt(colon)
  const last = Math.max(keyLine, lastLineOf(page, node))
  const text = head === '' ? '' : ` ${head}`
  if (page.lines.lineAt(node.range![0]) > keyLine) {
    const inserted = { start: colon, end: colon, text }
    const rest =
      below.length === 0 ? page.lines.remove(keyLine + 1, last + 1) : page.lines.replace(keyLine + 1, last + 1, below)
    return text === '' ? [rest] : [inserted, rest]
  }
  const end = isNull(node) && node.range![0] === node.range![1] ? colon : endOf(page, node)
  const inPlace = { start: colon, end: Math.max(end, colon), text }
  return below.length === 0 ? [inPlace] : [inPlace, page.lines.insert(last + 1, below)]
}

function replaceItem(page: Page, node: Node, { head, lines, as }: Written): TextEdit[] {
  const start = node.range![0]
  const [first = '', ...more] = as === 'text' ? [head, ...lines] : lines
  const space = page.flow.text[start - 1] === '-' ? ' ' : ''
  const column = page.lines.columnAt(start) + space.length
  const text = [space + first, ...indent(more, column)].join(page.lines.eol)
  return [{ start, end: Math.max(start, endOf(page, node)), text }]
}

/** Takes out the value at a path, alone: a map or list that becomes empty stays as `{}` or `[]`. */
export function removeValue(page: Page, path: Path): TextEdit[] | string {
  const around = path.slice(0, -1)
  const parent = page.flow.node(around)
  const index = path.at(-1)
  if (isSeq(parent) && typeof index === 'number') {
    if (parent.items[index] === undefined) return notOwn
    return parent.flow ? removeInline(page, parent, index) : removeBlock(page, around, parent, index)
  }
  if (page.flow.pair(path) === undefined) return notOwn
  if (!isMap(parent) || parent.items.length > 1) return removePair(page, path)
  return around.length === 0 ? 'nothing of the flow would be left' : replaceValue(page, around, write({}, page.style))
}

function removeBlock(page: Page, path: Path, list: YAMLSeq, index: number): TextEdit[] | string {
  const spans = itemSpans(page, list)
  if (typeof spans === 'string') return spans
  const { first, last } = spans[index]!
  if (spans.length === 1) return emptyList(page, path, spans[0]!)
  if (index > 0) return [page.lines.remove(first - blanksAbove(page, first), last + 1)]
  const next = spans[1]!.first
  const isParted = next - blanksAbove(page, next) === last + 1 && !endsKeeping(page, list.items[0] as Node)
  return [page.lines.remove(first, isParted ? next : last + 1)]
}

function emptyList(page: Page, path: Path, { first, last }: ItemSpan): TextEdit[] | string {
  const key = page.flow.pair(path)?.key
  if (key === undefined) return 'it is the only one of a list within a list'
  const colon = afterColon(page, key)
  return [{ start: colon, end: colon, text: ' []' }, page.lines.remove(first, last + 1)]
}

function removeInline(page: Page, list: YAMLSeq, index: number): TextEdit[] {
  const items = list.items as Node[]
  const [start] = items[index]!.range!
  const next = items[index + 1]
  if (next !== undefined) return [{ start, end: next.range![0], text: '' }]
  const before = items[index - 1]
  if (before !== undefined) return [{ start: endOf(page, before), end: endOf(page, items[index]!), text: '' }]
  return [{ start: list.range![0], end: list.range![1], text: '[]' }]
}

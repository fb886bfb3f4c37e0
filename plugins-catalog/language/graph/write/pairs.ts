import { isMap, isSeq, type Node, type Pair, type Scalar, type YAMLMap } from 'yaml'
import type { Path } from '../../check/problem'
import type { TextEdit } from '../edit'
import { indent, inlineOf, pairLines, type Written } from './block'
import { blanksAbove, sharesLine, tailOf } from './items'
import { endOf, endsKeeping, lastLineOf, type Page } from './page'
import { keyText } from './scalar'

export const notOwn = 'it comes from an anchor or a merge'

type MapPair = Pair<Scalar, Node | null>

/** Places a property among its neighbours: it comes after all of the same or a lower rank. */
export type Rank = (name: string) => number

const last: Rank = () => 0

/** Adds a property to a map that is there. */
export function addPair(
  page: Page,
  at: { map: YAMLMap; rank?: Rank },
  name: string,
  written: Written,
): TextEdit[] | string {
  const { map, rank = last } = at
  const pairs = map.items as MapPair[]
  const before = pairs.findLast(pair => rank(nameOf(pair)) <= rank(name)) ?? pairs.at(-1)
  if (before?.key?.range === undefined || before.key.range === null) return notOwn
  if (map.flow) {
    const end = endOfPair(page, before)
    return [{ start: end, end, text: `, ${keyText(name)}: ${inlineOf(written)}` }]
  }
  const column = page.lines.columnAt(map.range![0])
  const line = tailOf(page, lastLineOf(page, before.value ?? before.key), column) + 1
  const lines = indent(pairLines(name, written, page.style), column)
  return [page.lines.insert(line, isSection(page, map, before, line) && written.as !== 'text' ? ['', ...lines] : lines)]
}

/** Whether blank lines part the flow's sections, and a new one ends where a blank line or nothing follows. */
function isSection(page: Page, map: YAMLMap, before: MapPair, line: number): boolean {
  if (map !== page.flow.root || endsKeeping(page, before.value ?? before.key)) return false
  if (line < page.lines.count && !page.lines.isBlank(line)) return false
  return (map.items as MapPair[]).some((pair, index) => {
    const start = page.lines.lineAt(pair.key.range![0])
    return index > 0 && start > 0 && page.lines.isBlank(start - 1)
  })
}

/** Takes a property out with its lines. Not for the only one of a map. */
export function removePair(page: Page, path: Path): TextEdit[] | string {
  const found = page.flow.pair(path)
  if (found === undefined) return notOwn
  if (found.map.flow) return page.flow.removePair(path)
  const { map, key, value } = found
  const column = page.lines.columnAt(map.range![0])
  const line = page.lines.lineAt(key.range![0])
  const isCollection = (isMap(value) || isSeq(value)) && !value.flow
  const own = lastLineOf(page, value ?? key)
  const end = (isCollection ? tailOf(page, own, column) : own) + 1
  if (page.lines.line(line).slice(0, column).trim() !== '') return removeFirst(page, map, key, end)
  const isParted = end >= page.lines.count || page.lines.isBlank(end)
  return [page.lines.remove(isParted ? line - blanksAbove(page, line) : line, end)]
}

/** The first property stands behind a dash: the next takes its place. */
function removeFirst(page: Page, map: YAMLMap, key: Scalar, end: number): TextEdit[] | string {
  const next = (map.items[1] as MapPair | undefined)?.key
  if (!next?.range || map.items[0]?.key !== key) return sharesLine
  const isClose = page.flow.text.slice(page.lines.startOf(end), next.range[0]).trim() === ''
  return isClose
    ? [{ start: key.range![0], end: next.range[0], text: '' }]
    : 'a comment stands between it and the next property'
}

function nameOf(pair: MapPair): string {
  return pair.key?.source ?? String(pair.key?.value)
}

function endOfPair(page: Page, pair: MapPair): number {
  return pair.value?.range ? endOf(page, pair.value) : pair.key.range![1]
}

/** Offset behind the colon of a property. */
export function afterColon(page: Page, key: Node): number {
  return page.flow.text.indexOf(':', key.range![1]) + 1
}

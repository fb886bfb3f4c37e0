import { isMap, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLMap } from 'yaml'
import { isJsonObject, type JsonObject } from '../json'
import { readYaml } from '../yaml/read-yaml'
import type { Path } from './construct'

/** A span of the text and what takes its place. */
export type Edit = { start: number; end: number; text: string }

type Found = { key: Scalar; value: Node | null; map: YAMLMap }

const notOwn = 'it comes from an anchor or a merge'

/** A flow's YAML with the places of its parts; every edit names a span, so that all else stays byte for byte. */
export class FlowText {
  readonly text: string
  readonly flow: JsonObject
  readonly root: Node

  private constructor(text: string, flow: JsonObject, root: Node) {
    this.text = text
    this.flow = flow
    this.root = root
  }

  /** Null where the text is no readable flow. */
  static open(text: string): FlowText | null {
    const { value, diagnostics, document } = readYaml(text)
    const isReadable = !diagnostics.some(({ severity }) => severity === 'error')
    const root = isReadable ? document?.contents : undefined
    return isJsonObject(value) && root ? new FlowText(text, value, root) : null
  }

  /** The property at a path; undefined where it isn't written there itself. */
  pair(path: Path): Found | undefined {
    const map = this.node(path.slice(0, -1))
    if (!isMap(map)) return undefined
    const pair = map.items.find(item => keyText(item as Pair<Node, Node | null>) === String(path.at(-1)))
    if (pair === undefined || !isScalar(pair.key) || !pair.key.range) return undefined
    return { key: pair.key, value: (pair.value ?? null) as Node | null, map }
  }

  node(path: Path): Node | undefined {
    let at: unknown = this.root
    for (const part of path) {
      if (isSeq(at) && typeof part === 'number') at = at.items[part]
      else if (isMap(at)) at = at.items.find(item => keyText(item as Pair<Node, Node | null>) === String(part))?.value
      else return undefined
    }
    return (at ?? undefined) as Node | undefined
  }

  /** The text of a value as written. */
  sourceOf(path: Path): { start: number; end: number; source: string } | undefined {
    const node = this.node(path)
    if (node === undefined || !node.range) return undefined
    const span = { start: node.range[0], end: this.endOf(node) }
    return { ...span, source: this.text.slice(span.start, span.end) }
  }

  renameKey(path: Path, name: string): Edit[] | string {
    const found = this.pair(path)
    if (found === undefined) return notOwn
    if (this.pair([...path.slice(0, -1), name]) !== undefined) return `"${name}" is written as well`
    const [start, end] = found.key.range!
    return [{ start, end, text: requote(this.text.slice(start, end), name) }]
  }

  /** Puts a word in the place of a scalar; its quotes stay. */
  replaceWord(path: Path, word: string): Edit[] | string {
    const node = this.node(path)
    if (!isScalar(node) || !node.range) return notOwn
    const [start, end] = node.range
    const source = this.text.slice(start, end)
    if (/^[|>]/.test(source) || source.includes('\n')) return 'it is written over several lines'
    return [{ start, end, text: requote(source, word) }]
  }

  /** Replaces a whole value. */
  replaceValue(path: Path, text: string): Edit[] | string {
    const found = this.sourceOf(path)
    return found === undefined ? notOwn : [{ start: found.start, end: found.end, text }]
  }

  /** Replaces a property, name and value. */
  replacePair(path: Path, text: string): Edit[] | string {
    const found = this.pair(path)
    if (found?.value?.range === undefined || found.value.range === null) return notOwn
    return [{ start: found.key.range![0], end: this.endOf(found.value), text }]
  }

  /** Takes a property out with its lines. */
  removePair(path: Path): Edit[] | string {
    const found = this.pair(path)
    if (found === undefined) return notOwn
    const start = found.key.range![0]
    const end = found.value?.range ? this.endOf(found.value) : found.key.range![1]
    if (found.map.flow) return this.#removeFromBraces(found, start, end)
    const lineStart = this.text.lastIndexOf('\n', start - 1) + 1
    if (this.text.slice(lineStart, start).trim() !== '') return `"${String(path.at(-1))}" opens an item of a list`
    return [{ start: lineStart, end: this.#nextLine(end), text: '' }]
  }

  /** Adds a property after another of the same map; its text is written for indentation 0. */
  insertAfter(path: Path, text: string): Edit[] | string {
    const found = this.pair(path)
    if (found === undefined) return notOwn
    const end = found.value?.range ? this.endOf(found.value) : found.key.range![1]
    if (found.map.flow) {
      return text.includes('\n') ? 'the map is written in braces' : [{ start: end, end, text: `, ${text}` }]
    }
    const lineEnd = this.#nextLine(end)
    const indented = indent(text, this.columnOf(found.key.range![0]))
    const isLast = lineEnd === this.text.length && !this.text.endsWith('\n')
    return [{ start: lineEnd, end: lineEnd, text: isLast ? `\n${indented}` : `${indented}\n` }]
  }

  /** Spaces before an offset in its line, a list's dash counted as one. */
  columnOf(offset: number): number {
    return offset - (this.text.lastIndexOf('\n', offset - 1) + 1)
  }

  lineOf(offset: number): number {
    return this.text.slice(0, offset).split('\n').length
  }

  /** Where a value's own text ends, without white space and comments after it. */
  endOf(node: Node): number {
    if (isMap(node) && !node.flow)
      return this.#endOfLast(node, node.items.at(-1) as Pair<Node, Node | null> | undefined)
    if (isSeq(node) && !node.flow) {
      const last = node.items.at(-1) as Node | undefined
      return last?.range ? this.endOf(last) : node.range![1]
    }
    const [start, end] = node.range!
    return start + this.text.slice(start, end).trimEnd().length
  }

  #endOfLast(map: YAMLMap, pair: Pair<Node, Node | null> | undefined): number {
    if (pair?.value?.range) return this.endOf(pair.value)
    return pair?.key.range?.[1] ?? map.range![1]
  }

  #nextLine(offset: number): number {
    const end = this.text.indexOf('\n', offset)
    return end < 0 ? this.text.length : end + 1
  }

  #removeFromBraces(found: Found, start: number, end: number): Edit[] | string {
    if (found.map.items.length === 1) return 'it is the only property in its braces'
    const after = /^\s*,\s*/.exec(this.text.slice(end))
    if (after !== null) return [{ start, end: end + after[0].length, text: '' }]
    const before = /,\s*$/.exec(this.text.slice(0, start))
    return before === null ? notOwn : [{ start: start - before[0].length, end, text: '' }]
  }
}

function keyText(pair: Pair<Node, Node | null>): string | undefined {
  return isScalar(pair.key) ? (pair.key.source ?? String(pair.key.value)) : undefined
}

function requote(source: string, word: string): string {
  const quote = source[0]
  return quote === '"' || quote === "'" ? `${quote}${word}${quote}` : word
}

export function indent(text: string, spaces: number): string {
  const margin = ' '.repeat(spaces)
  return text
    .split('\n')
    .map(line => (line === '' ? line : margin + line))
    .join('\n')
}

/** All edits of several steps, or the first reason against one. */
export function together(...parts: (Edit[] | string)[]): Edit[] | string {
  const reason = parts.find(part => typeof part === 'string')
  return reason ?? (parts as Edit[][]).flat()
}

import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import type { Diagnostic, DiagnosticCode } from '../diagnostics'
import type { Json, JsonObject } from '../json'
import type { ParseLimits } from './read-yaml'
import type { Lines, Place } from './source-map'
import { isBareTemplate } from './templates'

/** Keys that reach into the machinery of JavaScript objects. */
export const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

type Limit = 'depth' | 'nodes' | 'aliases'
class LimitReached extends Error {
  readonly limit: Limit
  readonly at: Node
  constructor(limit: Limit, at: Node) {
    super(limit)
    this.limit = limit
    this.at = at
  }
}

type Walk = {
  document: Document.Parsed
  text: string
  lines: Lines
  limits: ParseLimits
  diagnostics: Diagnostic[]
  nodes: number
  aliases: number
  /** Anchored nodes being read, to see an alias inside its own anchor. */
  open: Set<Node>
  /** The newest node of each anchor so far; asking the document instead would walk all of it for each alias. */
  anchors: Map<string, Node>
}
type Path = readonly (string | number)[]
type Read = { value: Json; place: Place }

/** Plain JSON of a parsed document, with the place of each value. */
export function toValue(
  document: Document.Parsed,
  text: string,
  lines: Lines,
  limits: ParseLimits,
): { value: Json | undefined; place: Place; diagnostics: Diagnostic[] } {
  const walk: Walk = {
    document,
    text,
    lines,
    limits,
    diagnostics: [],
    nodes: 0,
    aliases: 0,
    open: new Set(),
    anchors: new Map(),
  }
  const empty: Place = { start: 0, end: 0 }
  if (document.contents === null) return { value: undefined, place: empty, diagnostics: [] }
  try {
    const read = readNode(walk, document.contents, [])
    return { ...read, diagnostics: walk.diagnostics }
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error
    report(walk, 'YAML_LIMIT', error.at, [], limitMessage(error.limit, limits))
    return { value: undefined, place: empty, diagnostics: walk.diagnostics }
  }
}

function readNode(walk: Walk, node: Node | null, path: Path): Read {
  if (node === null) return { value: null, place: { start: 0, end: 0 } }
  walk.nodes++
  if (walk.nodes > walk.limits.maxNodes) throw new LimitReached('nodes', node)
  if (path.length > walk.limits.maxDepth) throw new LimitReached('depth', node)
  if (isAlias(node)) return readAlias(walk, node, path)
  if ('anchor' in node && typeof node.anchor === 'string') walk.anchors.set(node.anchor, node)
  if (isScalar(node)) return { value: scalarValue(walk, node, path), place: placeOf(node) }
  walk.open.add(node)
  const read = isSeq(node) ? readList(walk, node, path) : isMap(node) ? readMap(walk, node, path) : null
  walk.open.delete(node)
  return read ?? { value: null, place: placeOf(node) }
}

function readAlias(walk: Walk, alias: Alias, path: Path): Read {
  walk.aliases++
  if (walk.aliases > walk.limits.maxAliases) throw new LimitReached('aliases', alias)
  const target = walk.anchors.get(alias.source)
  const place = placeOf(alias)
  if (target === undefined) {
    report(
      walk,
      'YAML_SYNTAX',
      alias,
      path,
      `there is no anchor "&${alias.source}"; if the text starts with *, quote it`,
    )
    return { value: null, place }
  }
  if (walk.open.has(target)) {
    report(walk, 'YAML_SYNTAX', alias, path, `"*${alias.source}" stands inside its own anchor`)
    return { value: null, place }
  }
  return { value: readNode(walk, target, path).value, place }
}

/** YAML 1.1 writes booleans so, too, and Kestra reads them; as text they are `true` and `false` then. A name stays a name. */
const switchWord = /^(yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)$/
const onWords: ReadonlySet<string> = new Set(['yes', 'on'])

function isSwitchWord(scalar: Scalar): scalar is Scalar<string> {
  return scalar.type === 'PLAIN' && typeof scalar.value === 'string' && switchWord.test(scalar.value)
}

function scalarValue(walk: Walk, scalar: Scalar, path: Path): Json {
  if (isSwitchWord(scalar) && path.at(-1) !== 'id') return onWords.has(scalar.value.toLowerCase())
  const { value } = scalar
  if (value === undefined) return null
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number' && Number.isFinite(value)) return value
  report(walk, 'INVALID_VALUE', scalar, path, `${String(value)} is no value of a flow; quote it if it is text`)
  return null
}

function readList(walk: Walk, list: YAMLSeq, path: Path): Read {
  const place = placeOf(list)
  const children = new Map<number, Place>()
  const value = list.items.map((item, index) => {
    const read = readNode(walk, item as Node | null, [...path, index])
    children.set(index, read.place.end === 0 ? place : read.place)
    return read.value
  })
  return { value, place: { ...place, children } }
}

function readMap(walk: Walk, map: YAMLMap, path: Path): Read {
  const place = placeOf(map)
  if (isBareTemplate(map)) {
    const template = walk.text.slice(place.start, map.range?.[1] ?? place.end)
    report(walk, 'YAML_SYNTAX', map, path, `quote a value that starts with {{: "${template.trim()}"`)
    return { value: template, place }
  }
  const children = new Map<string, Place>()
  const value: JsonObject = {}
  for (const pair of map.items as Pair<Node, Node | null>[]) readPair(walk, pair, { path, value, children, place })
  return { value, place: { ...place, children } }
}

type Holder = { path: Path; value: JsonObject; children: Map<string, Place>; place: Place }

function readPair(walk: Walk, pair: Pair<Node, Node | null>, holder: Holder): void {
  const key = keyOf(walk, pair.key, holder)
  if (key === null) return
  if (key === '<<' && isScalar(pair.key) && pair.key.type === 'PLAIN') {
    merge(walk, pair, holder)
    return
  }
  const path = [...holder.path, key]
  if (forbiddenKeys.has(key)) {
    report(walk, 'FORBIDDEN_KEY', pair.key, path, `"${key}" can't be the name of a property`)
    return
  }
  const first = holder.children.get(key)?.key
  if (first !== undefined) {
    const { line } = walk.lines.range(first.start, first.end)
    report(walk, 'DUPLICATE_KEY', pair.key, path, `"${key}" is already set in line ${line}`)
    return
  }
  const read = readNode(walk, pair.value, path)
  const keyPlace = placeOf(pair.key)
  holder.value[key] = read.value
  holder.children.set(key, { ...(read.place.end === 0 ? keyPlace : read.place), key: keyPlace })
}

function keyOf(walk: Walk, node: Node, holder: Holder): string | null {
  const resolved = isAlias(node) ? walk.anchors.get(node.source) : node
  if (isScalar(resolved) && resolved.value !== null) return resolved.source ?? String(resolved.value)
  report(walk, 'YAML_SYNTAX', node ?? walk.document.contents!, holder.path, 'the name of a property must be text')
  return null
}

/** `<<: *anchor`: takes over what isn't set itself. */
function merge(walk: Walk, pair: Pair<Node, Node | null>, holder: Holder): void {
  const read = readNode(walk, pair.value, [...holder.path, '<<'])
  const sources = Array.isArray(read.value) ? read.value : [read.value]
  for (const source of sources) {
    if (typeof source !== 'object' || source === null || Array.isArray(source)) {
      report(walk, 'YAML_SYNTAX', pair.key, holder.path, '<< takes a map, or a list of maps')
      return
    }
    for (const [key, value] of Object.entries(source)) {
      if (!Object.hasOwn(holder.value, key)) holder.value[key] = value
    }
  }
}

function placeOf(node: Node): Place {
  const [start, end] = node.range ?? [0, 0]
  return { start, end }
}

function report(walk: Walk, code: DiagnosticCode, node: Node, path: Path, message: string): void {
  const { start, end } = placeOf(node)
  walk.diagnostics.push({ code, severity: 'error', message, path: [...path], range: walk.lines.range(start, end) })
}

function limitMessage(limit: Limit, limits: ParseLimits): string {
  const messages: Record<Limit, string> = {
    depth: `nested deeper than ${limits.maxDepth} levels`,
    nodes: `more than ${limits.maxNodes} values, those of aliases counted each time`,
    aliases: `more than ${limits.maxAliases} aliases`,
  }
  return messages[limit]
}

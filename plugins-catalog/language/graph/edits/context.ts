import type { Catalog } from '../../catalog'
import type { Path } from '../../check/problem'
import { isJsonObject, type Json, type JsonObject } from '../../json'
import { valueAt } from '../../paths'
import type { TextEdit } from '../edit'
import { indent, write } from '../write/block'
import { openPage, type Page } from '../write/page'
import { applyEdits } from '../write/text-lines'
import type { Item } from '../write/values'

/** One change of a text; several make an edit, each made on what the one before left. A text says why it can't be done. */
export type Step = (page: Page) => TextEdit[] | string

export type Plan = {
  steps: Step[]
  /** The flow as it must read afterwards. */
  expected: JsonObject
}

export type Context = { page: Page; flow: JsonObject; catalog: Catalog }

/** Runs the steps; what comes of them, or why it can't be done. */
export function runSteps(page: Page, steps: readonly Step[]): { page: Page } | { problem: string } {
  let now: Page | null = page
  for (const step of steps) {
    const edits = step(now)
    if (typeof edits === 'string') return { problem: edits }
    now = openPage(applyEdits(now.flow.text, edits))
    if (now === null) return { problem: unsafe(page) }
  }
  return { page: now }
}

/** Why a text can't be changed although the edit makes sense. */
export function unsafe({ flow: { text } }: Page): string {
  return /(^|[\s[{,])[&*]\S|<<\s*:/.test(text)
    ? 'an anchor or a merge (& * <<) of this text would then say something else; change the text itself'
    : 'the way the text around it is written doesn’t allow it; change the text itself'
}

/** A task or trigger as text of its own, with the comments above it. */
export type Chunk = { lead: string[]; body: string[]; value: JsonObject }

/** Reads what is to be inserted; null where it is no map. */
export function readChunk(yaml: string): Chunk | null {
  const page = openPage(yaml)
  if (page === null) return null
  const lines = yaml.split(/\r?\n/)
  const first = lines.findIndex(line => line.trim() !== '' && !line.trimStart().startsWith('#'))
  const keeps = /(^|\s)[|>]\d?\+/.test(yaml)
  const end = keeps && lines.at(-1) === '' ? lines.length - 1 : lines.findLastIndex(line => line.trim() !== '') + 1
  const lead = lines.slice(0, first).filter(line => line.trim() !== '')
  return { lead, body: lines.slice(first, end), value: page.flow.flow }
}

export function chunkText({ lead, body }: Chunk): string {
  return [...lead, ...body, ''].join('\n')
}

/** A chunk as an item of a list; in a Dag with the map that says what it depends on around it. */
export function chunkItem({ lead, body, value }: Chunk, isDag: boolean): Item {
  const isWrapped = isJsonObject(value.task) && value.type === undefined
  const lines = isDag && !isWrapped ? under('task', body) : body
  const [only = '', ...more] = lines
  const inline = more.length === 0 && only.startsWith('{') ? { inline: only } : {}
  return { lead, written: { head: '', lines, as: 'map', value: wrapped(value, isDag), ...inline } }
}

/** What is written in braces stands behind its name. */
function under(name: string, body: readonly string[]): string[] {
  const [first = '', ...more] = body
  return first.startsWith('{') ? [`${name}: ${first}`, ...indent(more, 2)] : [`${name}:`, ...indent(body, 2)]
}

export function wrapped(value: JsonObject, isDag: boolean): JsonObject {
  const isWrapped = isJsonObject(value.task) && value.type === undefined
  return isDag && !isWrapped ? { task: value } : value
}

/** A copy of a value, changed at a path: `change` is given the map or list that holds it, made where it isn't there. */
export function changed(
  flow: JsonObject,
  path: Path,
  change: (holder: Json, key: string | number) => void,
): JsonObject {
  const copy = structuredClone(flow)
  let at: Json = copy
  for (const [depth, part] of path.slice(0, -1).entries()) {
    const held = at as { [key: string | number]: Json }
    held[part] ??= typeof path[depth + 1] === 'number' ? [] : {}
    at = held[part]
  }
  change(at, path.at(-1)!)
  return copy
}

export function withInserted(flow: JsonObject, list: Path, index: number, value: Json): JsonObject {
  const base = valueAt(flow, list)
  if (!Array.isArray(base)) return withSet(flow, list, [value])
  return changed(flow, [...list, index], holder => (holder as Json[]).splice(index, 0, value))
}

export function withSet(flow: JsonObject, path: Path, value: Json): JsonObject {
  return changed(flow, path, (holder, key) => {
    ;(holder as { [key: string | number]: Json })[key] = value
  })
}

export function withRemoved(flow: JsonObject, path: Path): JsonObject {
  return changed(flow, path, (holder, key) => {
    if (Array.isArray(holder)) holder.splice(Number(key), 1)
    else delete (holder as JsonObject)[key]
  })
}

export function writtenItem(value: Json, page: Page): Item {
  return { lead: [], written: write(value, page.style) }
}

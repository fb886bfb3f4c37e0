import type { Catalog } from '../catalog'
import type { Path } from '../check/problem'
import { isJsonObject, type Json, type JsonObject } from '../json'
import { startsWith, valueAt } from '../paths'
import { definitionOf, isRequired, type ListShape, listShape } from './list-shape'

/** How the list at a path holds tasks; `list` for any other. */
export function shapeAt(flow: JsonObject, list: Path, catalog: Catalog): ListShape {
  const property = list.at(-1)
  const holder = valueAt(flow, list.slice(0, -1))
  if (typeof property !== 'string' || !isJsonObject(holder)) return 'list'
  const definition = definitionOf(holder.type, catalog)
  return definition?.children?.includes(property) ? listShape(definition, property) : 'list'
}

/** A task of a Dag may be named by its own place or by that of its item. */
export function itemPathOf(path: Path): Path {
  return path.at(-1) === 'task' && typeof path.at(-2) === 'number' ? path.slice(0, -1) : path
}

/** What goes when the value at a path goes: the maps and lists around that become empty, where the language lets them. */
export function goneWith(flow: JsonObject, path: Path, catalog: Catalog): Path {
  const around = path.slice(0, -1)
  const holder = valueAt(flow, around)
  const isEmptied = typeof holder === 'object' && holder !== null && Object.keys(holder).length <= 1
  const isKept = around.length === 0 || typeof around.at(-1) === 'number' || mustStay(flow, around, catalog)
  return isEmptied && !isKept ? goneWith(flow, around, catalog) : path
}

function mustStay(flow: JsonObject, path: Path, catalog: Catalog): boolean {
  const property = path.at(-1)
  if (typeof property !== 'string') return true
  if (path.length === 1) return property === 'tasks'
  const holder = valueAt(flow, path.slice(0, -1))
  if (!isJsonObject(holder)) return false
  if (path[0] === 'listeners' && path.length === 3) return property === 'tasks'
  return isRequired(definitionOf(holder.type, catalog), property)
}

/** Where a path leads once the value at another is taken out. */
export function pathWithout(path: Path, gone: Path): Path {
  const index = gone.at(-1)
  const depth = gone.length - 1
  const at = path[depth]
  if (typeof index !== 'number' || typeof at !== 'number' || !startsWith(path, gone.slice(0, -1))) return path
  return at > index ? path.with(depth, at - 1) : path
}

/** Why nothing can be written at a path: what stands there by now is a text or a number, or the list has no such place. */
export function placeProblem(flow: JsonObject, path: Path): string | undefined {
  let at: Json | undefined = flow
  for (const part of path) {
    const isIndex = typeof part === 'number'
    if (at === undefined || at === null) {
      if (isIndex && part !== 0) return 'the list has no such place'
    } else if (Array.isArray(at)) {
      if (!isIndex) return 'what is written there is no map'
      if (!Number.isInteger(part) || part < 0 || part > at.length) return 'the list has no such place'
    } else if (typeof at !== 'object' || isIndex) {
      return isIndex ? 'what is written there is no list' : 'what is written there is no map'
    }
    at = typeof at === 'object' && at !== null ? valueAt(at, [part]) : undefined
  }
  return undefined
}

import type { Catalog } from '../catalog'
import type { PluginDefault, Task } from '../flow'
import { isJsonObject, type Json, type JsonObject } from '../json'

/** `level` counts up from the outermost namespace to the flow. */
export type LeveledDefault = PluginDefault & { level?: number }

/** The defaults of namespaces, outermost first, and of the flow in them; the weakest first. */
export function levelDefaults(levels: readonly (readonly PluginDefault[])[]): LeveledDefault[] {
  return levels.flatMap((list, level) => list.map(entry => ({ ...entry, level })))
}

/**
 * Lays the defaults for a plugin's type (or a prefix of it) under what is written, or over it where they are forced.
 * Maps merge deeply, lists replace. The nearest level wins, of forced ones the outermost. Plugins held by the task (its task runner) get theirs, too; held tasks get them
 * when they are compiled themselves.
 */
export function applyDefaults(task: Task, defaults: readonly LeveledDefault[], catalog: Catalog): Task {
  if (defaults.length === 0) return task
  return withDefaults(task, defaults, catalog) as Task
}

function withDefaults(written: JsonObject, defaults: readonly LeveledDefault[], catalog: Catalog): JsonObject {
  const type = typeof written.type === 'string' ? nameOf(written.type, catalog) : undefined
  const matching = type === undefined ? [] : matches(type, defaults, catalog)
  const under = matching.filter(found => !found.forced).reduce<JsonObject>((all, found) => merge(all, found.values), {})
  const forced = outermostLast(matching.filter(found => found.forced))
  const over = forced.reduce<JsonObject>((all, found) => merge(all, found.values), {})
  const merged = merge(merge(under, written), over)
  return Object.fromEntries(
    Object.entries(merged).map(([key, child]) => [
      key,
      isHeldPlugin(child) ? withDefaults(child, defaults, catalog) : child,
    ]),
  )
}

/** What a namespace forces, a flow in it can't change; nor can a namespace below it. */
function outermostLast(forced: readonly LeveledDefault[]): LeveledDefault[] {
  return forced.toSorted((a, b) => (b.level ?? 0) - (a.level ?? 0))
}

/** Those of a longer, so more exact, name come later and win. */
function matches(type: string, defaults: readonly LeveledDefault[], catalog: Catalog): LeveledDefault[] {
  return defaults
    .filter(({ type: wanted }) => nameOf(wanted, catalog) === type || type.startsWith(`${wanted}.`))
    .toSorted((a, b) => a.type.length - b.type.length)
}

function nameOf(type: string, catalog: Catalog): string {
  return catalog.find(type)?.type ?? type
}

function isHeldPlugin(value: Json): value is JsonObject {
  return isJsonObject(value) && typeof value.type === 'string' && value.id === undefined
}

/** `over` wins; maps merge. */
function merge(under: JsonObject, over: JsonObject): JsonObject {
  const result: JsonObject = { ...under }
  for (const [key, value] of Object.entries(over)) {
    const below = Object.hasOwn(under, key) ? under[key] : undefined
    result[key] = isJsonObject(below) && isJsonObject(value) ? merge(below, value) : value
  }
  return result
}

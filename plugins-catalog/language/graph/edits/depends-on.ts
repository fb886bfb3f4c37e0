import type { Path } from '../../check/problem'
import { isJsonObject, type Json, type JsonObject } from '../../json'
import { valueAt } from '../../paths'
import { itemPathOf, shapeAt } from '../places'
import type { Context, Plan } from './context'
import { planSet } from './set'
import { planUnset } from './unset'

/** Lets a task of a Dag wait for another of it, or no longer. */
export function planConnect(context: Context, given: Path, to: string, isWanted: boolean): Plan | string {
  const path = itemPathOf(given)
  const { flow, catalog } = context
  const list = path.slice(0, -1)
  const items = valueAt(flow, list)
  const item = valueAt(flow, path)
  if (shapeAt(flow, list, catalog) !== 'dag' || !Array.isArray(items) || !isJsonObject(item)) {
    return 'only tasks of a Dag wait for each other by name'
  }
  if (isWanted) {
    const graph = new Map(items.filter(isJsonObject).map(held => [taskId(held), dependenciesOf(held)]))
    if (!graph.has(to)) return `this Dag has no task "${to}"`
    if (waitsFor(graph, to, taskId(item)))
      return `"${to}" waits for "${taskId(item)}" already: the two would wait for each other`
  }
  return planDependsOn(context, path, { id: to, isWanted })
}

export function planDependsOn(
  context: Context,
  path: Path,
  { id, isWanted }: { id: string; isWanted: boolean },
): Plan | string {
  const item = valueAt(context.flow, path)
  const now = isJsonObject(item) ? dependenciesOf(item) : []
  const unchanged: Plan = { steps: [], expected: context.flow }
  if (now.includes(id) === isWanted) return unchanged
  const place = [...path, 'dependsOn']
  if (isWanted) return planSet(context, place, [...now, id])
  const rest = now.filter(other => other !== id)
  return rest.length === 0 ? planUnset(context, place) : planSet(context, place, rest)
}

function taskId(item: JsonObject): string {
  return isJsonObject(item.task) ? String(item.task.id) : ''
}

function dependenciesOf({ dependsOn }: JsonObject): string[] {
  const written: Json[] = Array.isArray(dependsOn) ? dependsOn : typeof dependsOn === 'string' ? [dependsOn] : []
  return written.map(String)
}

/** Whether a task is, or waits however long a way round for, another. */
function waitsFor(graph: ReadonlyMap<string, string[]>, id: string, wanted: string): boolean {
  const seen = new Set<string>()
  const open = [id]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === wanted) return true
    if (seen.has(next)) continue
    seen.add(next)
    open.push(...(graph.get(next) ?? []))
  }
  return false
}

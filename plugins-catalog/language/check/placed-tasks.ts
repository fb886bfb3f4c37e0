import type { Catalog } from '../catalog'
import type { PluginDefinition } from '../define-plugin'
import { isJsonObject, type Json, type JsonObject } from '../json'
import type { Path } from './problem'

/** A task with its place in the tree. */
export type PlacedTask = {
  task: JsonObject
  path: Path
  definition: PluginDefinition | undefined
  /** The flowable that holds it; undefined at the top of the flow. */
  parent: PlacedTask | undefined
  /** Property of the parent (or the flow) whose list holds it, with the name of the case of a Switch: `cases.SMALL`. */
  branch: string
  /** Position in that list. */
  index: number
  /** Of a Dag's task. */
  dependsOn?: string[]
}

/** Lists of tasks of the flow itself. */
export const flowBranches = ['tasks', 'errors', 'finally', 'afterExecution']
/** Where tasks of an unknown type may hold others, so that these aren't unknown, too. */
const usualChildren = ['tasks', 'then', 'else', 'cases', 'defaults', 'errors', 'finally']

/** All tasks of a flow, at any depth, parents first. Takes any value: what is no task is left to other checks. */
export function placeTasks(flow: JsonObject, catalog: Catalog): PlacedTask[] {
  const placed = flowBranches.flatMap(branch => placeList(flow[branch], [branch], branch, undefined, catalog))
  const listeners = Array.isArray(flow.listeners) ? flow.listeners : []
  const heard = listeners.flatMap((listener, index) =>
    isJsonObject(listener)
      ? placeList(listener.tasks, ['listeners', index, 'tasks'], 'listeners', undefined, catalog)
      : [],
  )
  return [...placed, ...heard]
}

function placeList(
  list: Json | undefined,
  path: Path,
  branch: string,
  parent: PlacedTask | undefined,
  catalog: Catalog,
): PlacedTask[] {
  if (!Array.isArray(list)) return []
  return list.flatMap((item, index) => {
    if (!isJsonObject(item)) return []
    const isDagItem = isJsonObject(item.task) && item.type === undefined
    const task = isDagItem ? (item.task as JsonObject) : item
    const place = isDagItem ? [...path, index, 'task'] : [...path, index]
    return placeTask({ task, path: place, parent, branch, index, ...(isDagItem ? dependsOnOf(item) : {}) }, catalog)
  })
}

function dependsOnOf(item: JsonObject): { dependsOn: string[] } {
  const written = Array.isArray(item.dependsOn) ? item.dependsOn : []
  return { dependsOn: written.filter(id => typeof id === 'string') }
}

function placeTask(place: Omit<PlacedTask, 'definition'>, catalog: Catalog): PlacedTask[] {
  const definition = typeof place.task.type === 'string' ? catalog.find(place.task.type) : undefined
  const placed: PlacedTask = { ...place, definition }
  return [placed, ...childProperties(definition).flatMap(property => placeChildren(placed, property, catalog))]
}

/** Properties of a task that may hold others. */
export function childProperties(definition: PluginDefinition | undefined): readonly string[] {
  return definition === undefined ? usualChildren : (definition.children ?? [])
}

function placeChildren(parent: PlacedTask, property: string, catalog: Catalog): PlacedTask[] {
  const held = parent.task[property]
  const path = [...parent.path, property]
  if (Array.isArray(held)) return placeList(held, path, property, parent, catalog)
  if (!isJsonObject(held)) return []
  if (typeof held.type === 'string') return placeTask({ task: held, path, parent, branch: property, index: 0 }, catalog)
  return Object.entries(held).flatMap(([name, list]) =>
    placeList(list, [...path, name], `${property}.${name}`, parent, catalog),
  )
}

/** The flowables that hold a task, nearest first. */
export function ancestorsOf(task: PlacedTask): PlacedTask[] {
  return task.parent === undefined ? [] : [task.parent, ...ancestorsOf(task.parent)]
}

export function idOf(task: PlacedTask): string | undefined {
  return typeof task.task.id === 'string' ? task.task.id : undefined
}

/** Last part of a task's type, aliases resolved: `ForEach`. */
export function kindOf(task: PlacedTask): string {
  const type = task.definition?.type ?? String(task.task.type)
  return type.slice(type.lastIndexOf('.') + 1)
}

/** Kinds of tasks whose children run several times: their outputs are read by value. */
const loopKinds = ['ForEach', 'EachSequential', 'EachParallel', 'ForEachItem', 'Loop', 'LoopUntil']

/** Kinds whose children's outputs stand under the value of their round. */
const keyedLoopKinds = ['ForEach', 'EachSequential', 'EachParallel']

/** Whether outputs of what a task holds are read by value: `outputs.held[value]`. */
export function isKeyedLoop(task: PlacedTask): boolean {
  return keyedLoopKinds.includes(kindOf(task))
}

/** Whether what a task holds may run several times; an unknown type may. */
export function isLoop(task: PlacedTask): boolean {
  return task.definition === undefined || loopKinds.includes(kindOf(task))
}

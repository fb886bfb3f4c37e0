import { childProperties, kindOf, type PlacedTask } from '../check/placed-tasks'
import type { Path } from '../check/problem'
import { isJsonObject } from '../json'
import { listShape } from './list-shape'
import type { Branch } from './topology'

/** A list of tasks that a task or the flow has, written or not. */
export type OwnList = {
  /** The property, and the case of a Switch: `cases.SMALL`. */
  name: string
  property: string
  path: Path
  isWritten: boolean
  order: Branch['order']
}

/** The lists of a task, in the order in which its type names them; of an unknown type those that are written. */
export function childLists(placed: PlacedTask): OwnList[] {
  const { task, path, definition } = placed
  return childProperties(definition).flatMap((property): OwnList[] => {
    const held = task[property]
    const list: OwnList = {
      name: property,
      property,
      path: [...path, property],
      isWritten: Array.isArray(held) || isTask(held),
      order: orderOf(placed, property),
    }
    if (isJsonObject(held) && !isTask(held)) return namedLists(list, held)
    const isNamed = listShape(definition, property) === 'lists'
    return list.isWritten || (definition !== undefined && !isNamed) ? [list] : []
  })
}

function isTask(held: unknown): boolean {
  return isJsonObject(held) && typeof held.type === 'string'
}

function namedLists(list: OwnList, held: { [name: string]: unknown }): OwnList[] {
  return Object.entries(held).map(([name, tasks]) => ({
    ...list,
    name: `${list.property}.${name}`,
    path: [...list.path, name],
    isWritten: Array.isArray(tasks),
  }))
}

const atOnce = ['Parallel', 'EachParallel']

function orderOf(placed: PlacedTask, property: string): Branch['order'] {
  if (property !== 'tasks') return 'sequence'
  const kind = kindOf(placed)
  return kind === 'Dag' ? 'dag' : atOnce.includes(kind) ? 'parallel' : 'sequence'
}

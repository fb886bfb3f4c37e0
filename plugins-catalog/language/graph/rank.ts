import type { Catalog } from '../catalog'
import { flowBranches } from '../check/placed-tasks'
import type { Path } from '../check/problem'
import { isJsonObject, type JsonObject } from '../json'
import { valueAt } from '../paths'
import { definitionOf } from './list-shape'
import type { Rank } from './write/pairs'

const flowOrder = ['id', 'namespace', 'tenantId', 'revision', 'description', 'labels', 'inputs', 'variables']
const flowEnd = [...flowBranches, 'triggers', 'outputs', 'pluginDefaults']

/**
 * Where a new property of a map goes: a flow's and a task's in the order in which one reads them, what a task holds
 * after all that it says itself; others at the end.
 */
export function rankOf(flow: JsonObject, catalog: Catalog): (map: Path) => Rank | undefined {
  return map => {
    if (map.length === 0) return name => rankIn(name, flowOrder, flowEnd)
    const value = valueAt(flow, map)
    if (!isJsonObject(value) || typeof value.type !== 'string') return undefined
    const children = definitionOf(value.type, catalog)?.children ?? []
    return name => rankIn(name, ['id', 'type', 'description'], children)
  }
}

function rankIn(name: string, first: readonly string[], last: readonly string[]): number {
  const early = first.indexOf(name)
  if (early >= 0) return early
  const late = last.indexOf(name)
  return late < 0 ? first.length : first.length + 1 + late
}

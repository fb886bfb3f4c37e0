import type { Catalog } from '../catalog'
import { flowBranches, type PlacedTask, placeTasks } from '../check/placed-tasks'
import type { SourceMap } from '../diagnostics'
import { isJsonObject, type JsonObject } from '../json'
import { readYaml } from '../yaml/read-yaml'
import { childLists, type OwnList } from './child-lists'
import { edgesOf } from './edges'
import { createKeys, type Keys } from './keys'
import { nodeOf, taskNode } from './nodes'
import type { Branch, Topology, TriggerNode } from './topology'

/** The graph of a text; null only where nothing in it reads as a map. Never throws, whatever the text is. */
export function readTopology(text: string, catalog: Catalog): Topology | null {
  const { value, source } = readYaml(text)
  return isJsonObject(value) ? topologyOf(value, source, catalog) : null
}

/** The graph of a flow as it was read, however wrong it is; `source` says the lines of its parts. */
export function topologyOf(flow: JsonObject, source: SourceMap, catalog: Catalog): Topology {
  const placed = placeTasks(flow, catalog)
  const walk: Walk = { held: groupByHolder(placed), keys: createKeys(), source, placed: new Map() }
  const triggers = triggersOf(flow, walk)
  const branches = flowLists(flow).map(list => branchOf(list, undefined, '', walk))
  return { triggers, branches, edges: edgesOf(triggers, branches, walk.placed) }
}

type Walk = {
  /** What each task holds (undefined: what the flow does), by the path of the list. */
  held: Map<PlacedTask | undefined, Map<string, PlacedTask[]>>
  keys: Keys
  source: SourceMap
  /** Filled on the way: of each node, by its key. */
  placed: Map<string, PlacedTask>
}

function groupByHolder(placed: readonly PlacedTask[]): Walk['held'] {
  const held: Walk['held'] = new Map()
  for (const task of placed) {
    const lists = held.get(task.parent) ?? new Map<string, PlacedTask[]>()
    held.set(task.parent, lists)
    const list = lists.get(listOf(task))
    if (list === undefined) lists.set(listOf(task), [task])
    else list.push(task)
  }
  return held
}

/** Key of the list that a task stands in; listeners have one each. */
function listOf({ branch, path }: PlacedTask): string {
  return branch === 'listeners' ? `listeners.${path[1]}` : branch
}

function flowLists(flow: JsonObject): OwnList[] {
  const own = flowBranches
    .filter(property => property === 'tasks' || flow[property] !== undefined)
    .map((property): OwnList => {
      const isWritten = Array.isArray(flow[property])
      return { name: property, property, path: [property], isWritten, order: 'sequence' }
    })
  const listeners = Array.isArray(flow.listeners) ? flow.listeners : []
  const heard = listeners.map((listener, index): OwnList => {
    const isWritten = isJsonObject(listener) && Array.isArray(listener.tasks)
    const path = ['listeners', index, 'tasks']
    return { name: `listeners.${index}`, property: 'listeners', path, isWritten, order: 'sequence' }
  })
  return [...own, ...heard]
}

function branchOf(list: OwnList, holder: PlacedTask | undefined, holderKey: string, walk: Walk): Branch {
  const { name, property, path, isWritten, order } = list
  const key = `${holderKey}/${name}`
  const tasks = walk.held.get(holder)?.get(name) ?? []
  return {
    key,
    path,
    isWritten,
    property,
    label: labelOf(list),
    order,
    tasks: tasks.map(task => {
      const node = taskNode(task, walk.keys, walk.source)
      walk.placed.set(node.key, task)
      return { ...node, branches: childLists(task).map(own => branchOf(own, task, node.key, walk)) }
    }),
  }
}

const labels: { readonly [property: string]: string } = {
  errors: 'if an error',
  finally: 'at the end',
  afterExecution: 'after the execution',
  listeners: 'when it ends',
  onPause: 'when it pauses',
  defaults: 'otherwise',
}

function labelOf({ name, property }: OwnList): string {
  const isCase = name !== property && property !== 'listeners'
  return isCase ? name.slice(property.length + 1) : (labels[property] ?? property)
}

function triggersOf(flow: JsonObject, walk: Walk): TriggerNode[] {
  const triggers = Array.isArray(flow.triggers) ? flow.triggers : []
  return triggers.flatMap((trigger, index) =>
    isJsonObject(trigger) ? [nodeOf(trigger, ['triggers', index], walk.keys.of('trigger', trigger), walk.source)] : [],
  )
}

import { childProperties, type PlacedTask } from '../check/placed-tasks'
import { references } from '../expressions/references'
import { isTemplate } from '../fields'
import { isJsonObject, type Json } from '../json'
import type { Branch, Edge, TaskNode, TriggerNode } from './topology'

/** What stands between nodes. A task that nobody has, or that can't be named, has no edge. */
export function edgesOf(
  triggers: readonly TriggerNode[],
  branches: readonly Branch[],
  placed: ReadonlyMap<string, PlacedTask>,
): Edge[] {
  const all = branches.flatMap(everyBranch)
  const nodes = all.flatMap(branch => branch.tasks)
  const first = branches.find(branch => branch.property === 'tasks')?.tasks[0]
  const edges = [
    ...(first === undefined ? [] : triggers.map(({ key }) => edge('trigger', key, first.key))),
    ...all.flatMap(branch => (branch.order === 'sequence' ? sequence(branch) : [])),
    ...all.flatMap(branch => (branch.order === 'dag' ? dependencies(branch, placed) : [])),
    ...dataEdges(nodes, placed),
  ]
  return [...new Map(edges.map(found => [found.key, found])).values()]
}

function everyBranch(branch: Branch): Branch[] {
  return [branch, ...branch.tasks.flatMap(task => task.branches.flatMap(everyBranch))]
}

function edge(kind: Edge['kind'], from: string, to: string): Edge {
  return { key: `${kind}:${from}>${to}`, from, to, kind }
}

function sequence({ tasks }: Branch): Edge[] {
  return tasks.slice(1).map((task, index) => edge('order', tasks[index]!.key, task.key))
}

function dependencies({ tasks }: Branch, placed: ReadonlyMap<string, PlacedTask>): Edge[] {
  const byId = firstById(tasks)
  return tasks.flatMap(task =>
    (placed.get(task.key)?.dependsOn ?? []).flatMap(id => {
      const before = byId.get(id)
      return before === undefined || before === task ? [] : [edge('dependsOn', before.key, task.key)]
    }),
  )
}

function firstById(tasks: readonly TaskNode[]): Map<string, TaskNode> {
  return new Map(tasks.toReversed().flatMap(task => (task.id === undefined ? [] : [[task.id, task] as const])))
}

function dataEdges(nodes: readonly TaskNode[], placed: ReadonlyMap<string, PlacedTask>): Edge[] {
  const byId = firstById(nodes)
  return nodes.flatMap(node =>
    readIds(placed.get(node.key)!).flatMap(id => {
      // A ForEachItem hands out what its hidden parts made.
      const source = byId.get(id) ?? byId.get(id.replace(/_(split|items|merge)$/, ''))
      return source === undefined || source === node ? [] : [edge('data', source.key, node.key)]
    }),
  )
}

/** Ids of the tasks whose outputs a task's own properties name; tasks that it holds name theirs. */
function readIds({ task, definition }: PlacedTask): string[] {
  const held = childProperties(definition)
  const own = Object.entries(task).filter(([name]) => !held.includes(name) && name !== 'description')
  return own.flatMap(([, value]) => idsIn(value))
}

function idsIn(value: Json): string[] {
  if (isTemplate(value)) return value.includes('outputs') ? outputsIn(value) : []
  if (Array.isArray(value)) return value.flatMap(idsIn)
  return isJsonObject(value) ? Object.values(value).flatMap(idsIn) : []
}

function outputsIn(template: string): string[] {
  return references(template).variables.flatMap(({ path: [root, id] }) =>
    root === 'outputs' && id !== undefined ? [String(id)] : [],
  )
}

import type { Branch, TaskNode, Topology, TriggerNode } from '#language/graph/topology'
import { isJsonObject, type Json } from '#language/json'
import { readYaml } from '#language/yaml/read-yaml'
import { graphText } from '#text/graph'
import type { Mark, Marks } from './mark'
import { indexTopology, type TopologyIndex } from './topology-index'

export type FlowVersion = { source: string; topology: Topology }
export type TopologyDiff = { topology: Topology; marks: Marks }

/** Both versions as one graph: what is gone stands where it was, and what is new, gone or changed is marked. */
export function diffTopology(before: FlowVersion, after: FlowVersion): TopologyDiff {
  const old = indexTopology(before.topology)
  const now = indexTopology(after.topology)
  const topology: Topology = {
    triggers: mergeLists(before.topology.triggers, after.topology.triggers, now.triggers),
    branches: mergeBranches(before.topology.branches, after.topology.branches, now),
    edges: mergeEdges(before.topology, after.topology, now),
  }
  return { topology, marks: marksOf(before, after, old, now) }
}

const added: Mark = { tone: 'added', label: graphText.added }
const removed: Mark = { tone: 'removed', label: graphText.removed }
const changed: Mark = { tone: 'changed', label: graphText.changed }
const moved: Mark = { tone: 'changed', label: graphText.moved, detail: graphText.movedDetail }

function marksOf(before: FlowVersion, after: FlowVersion, old: TopologyIndex, now: TopologyIndex): Marks {
  const oldFlow = readYaml(before.source).value
  const newFlow = readYaml(after.source).value
  const marks: Record<string, Mark> = {}
  for (const key of [...old.tasks.keys(), ...old.triggers.keys()]) {
    if (!now.tasks.has(key) && !now.triggers.has(key)) marks[key] = removed
  }
  for (const [key, trigger] of now.triggers) {
    const was = old.triggers.get(key)
    if (!was) marks[key] = added
    else if (textOf(at(oldFlow, was.path)) !== textOf(at(newFlow, trigger.path))) marks[key] = changed
  }
  for (const [key, { task, branch }] of now.tasks) {
    const was = old.tasks.get(key)
    if (!was) marks[key] = added
    else if (ownText(oldFlow, was.task) !== ownText(newFlow, task)) marks[key] = changed
    else if (was.branch.key !== branch.key) marks[key] = moved
  }
  return marks
}

/** A task without the tasks that it holds, with what its list says of it. */
function ownText(flow: Json | undefined, { path, itemPath, branches }: TaskNode): string {
  const held = new Set(branches.map(({ property }) => property))
  const own = at(flow, path)
  const properties = isJsonObject(own) ? Object.entries(own).filter(([name]) => !held.has(name)) : []
  const item = at(flow, itemPath)
  const dependsOn = path.length > itemPath.length && isJsonObject(item) ? item.dependsOn : undefined
  return textOf({ own: Object.fromEntries(properties), dependsOn: dependsOn ?? null })
}

function at(value: Json | undefined, path: readonly (string | number)[]): Json | undefined {
  let found = value
  for (const part of path) {
    if (Array.isArray(found)) found = found[Number(part)]
    else if (isJsonObject(found)) found = found[part]
    else return undefined
  }
  return found
}

/** Equal for values that are equal, whatever the order of their properties. */
function textOf(value: Json | undefined): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

function mergeBranches(before: readonly Branch[], after: readonly Branch[], now: TopologyIndex): Branch[] {
  const old = new Map(before.map(branch => [branch.key, branch]))
  const merged = after.map(branch => ({
    ...branch,
    tasks: mergeTasks(old.get(branch.key)?.tasks ?? [], branch.tasks, now),
  }))
  const kept = new Set(after.map(({ key }) => key))
  const gone = before.filter(({ key }) => !kept.has(key)).map(branch => onlyGone(branch, now))
  return [...merged, ...gone.filter(({ tasks }) => tasks.length > 0)]
}

function mergeTasks(before: readonly TaskNode[], after: readonly TaskNode[], now: TopologyIndex): TaskNode[] {
  const old = new Map(before.map(task => [task.key, task]))
  return mergeLists(before, after, now.tasks).map(task => {
    const was = old.get(task.key)
    if (!now.tasks.has(task.key)) return { ...task, branches: task.branches.map(branch => onlyGone(branch, now)) }
    return was ? { ...task, branches: mergeBranches(was.branches, task.branches, now) } : task
  })
}

/** A list that is gone, without those of its tasks that now stand elsewhere. */
function onlyGone(branch: Branch, now: TopologyIndex): Branch {
  const tasks = branch.tasks
    .filter(({ key }) => !now.tasks.has(key))
    .map(task => ({ ...task, branches: task.branches.map(inner => onlyGone(inner, now)) }))
  return { ...branch, tasks }
}

/** The list as it is, with what is gone right after what it followed. */
function mergeLists<Node extends TaskNode | TriggerNode>(
  before: readonly Node[],
  after: readonly Node[],
  now: { has(key: string): boolean },
): Node[] {
  const merged = [...after]
  let previous: string | undefined
  for (const node of before) {
    if (!now.has(node.key)) merged.splice(merged.findIndex(({ key }) => key === previous) + 1, 0, node)
    if (merged.some(({ key }) => key === node.key)) previous = node.key
  }
  return merged
}

function mergeEdges(before: Topology, after: Topology, now: TopologyIndex): Topology['edges'] {
  const known = new Set(after.edges.map(({ key }) => key))
  const isGone = (key: string) => !now.tasks.has(key) && !now.triggers.has(key)
  const gone = before.edges.filter(({ key, from, to }) => !known.has(key) && (isGone(from) || isGone(to)))
  return [...after.edges, ...gone]
}

import type { Path } from '#language/check/problem'
import type { Diagnostic, SourceMap } from '#language/diagnostics'
import type { Branch, TaskNode, Topology, TriggerNode } from '#language/graph/topology'
import { startsWith } from '#language/paths'
import { editorText } from '#text/editor'
import type { Mark, Marks } from '../flow-graph/mark'

export type FlowNode = { kind: 'task'; node: TaskNode } | { kind: 'trigger'; node: TriggerNode }

/** Triggers and tasks, each before what it holds. */
export function nodesOf(topology: Topology): FlowNode[] {
  return [...topology.triggers.map(node => ({ kind: 'trigger' as const, node })), ...topology.branches.flatMap(tasksOf)]
}

function tasksOf(branch: Branch): FlowNode[] {
  return branch.tasks.flatMap(node => [{ kind: 'task' as const, node }, ...node.branches.flatMap(tasksOf)])
}

export function nodeOfKey(topology: Topology, key: string | undefined): FlowNode | undefined {
  return key === undefined ? undefined : nodesOf(topology).find(({ node }) => node.key === key)
}

/** The innermost node that a path leads into. */
export function nodeOfPath(topology: Topology, path: Path): FlowNode | undefined {
  return nodesOf(topology).findLast(({ node }) => startsWith(path, node.path))
}

/** The innermost node whose text a line (from 1) belongs to. */
export function nodeOfLine(topology: Topology, source: SourceMap, line: number): FlowNode | undefined {
  return nodesOf(topology).findLast(({ node }) => {
    const range = source.rangeOf(node.path)
    return range.line <= line && line <= range.endLine
  })
}

/** How each node with problems is marked, by its key; those of a task inside belong to that task alone. */
export function problemMarks(topology: Topology, diagnostics: readonly Diagnostic[]): Marks {
  const byNode = new Map<string, Diagnostic[]>()
  for (const diagnostic of diagnostics) {
    const key = nodeOfPath(topology, diagnostic.path)?.node.key
    if (key !== undefined) byNode.set(key, [...(byNode.get(key) ?? []), diagnostic])
  }
  return Object.fromEntries([...byNode].map(([key, found]) => [key, markOf(found)]))
}

function markOf(found: Diagnostic[]): Mark {
  const isError = found.some(({ severity }) => severity === 'error')
  const label = found.length === 1 ? (found[0]?.message ?? '') : editorText.problemCount(found.length)
  return { tone: isError ? 'danger' : 'warning', label }
}

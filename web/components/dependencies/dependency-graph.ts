import { dependenciesText } from '#text/dependencies'
import type { GraphEdge, GraphNode } from '#web/components/graph/graph'
import type { Outputs } from '#web/components/trpc'

export type Dependency = Outputs['namespace']['dependencies']['results'][number]
type FlowName = Dependency['from']

const width = 216
const height = 52

/** What a flow is called where `home` is its reader's namespace. */
export function labelOf({ namespace, id }: FlowName, home?: string): string {
  if (id === '*') return dependenciesText.anyFlowOf(namespace)
  return namespace === home ? id : `${namespace}.${id}`
}

export function keyOf({ namespace, id }: FlowName): string {
  return `${namespace}/${id}`
}

/** The flow that a node stands for; undefined for any flow of a namespace. */
export function flowOf(key: string): FlowName | undefined {
  const at = key.indexOf('/')
  const flow = { namespace: key.slice(0, at), id: key.slice(at + 1) }
  return flow.id === '*' ? undefined : flow
}

/** Flows as nodes, each once; calls are solid, starts by triggers dashed. Two flows are joined by one edge of each kind. */
export function toDependencyGraph(dependencies: readonly Dependency[]): { nodes: GraphNode[]; edges: GraphEdge[] } {
  const nodes = new Map<string, GraphNode>()
  const edges = new Map<string, GraphEdge>()
  for (const { kind, from, to } of dependencies) {
    for (const flow of [from, to]) {
      const label = flow.id === '*' ? dependenciesText.anyFlow : flow.id
      nodes.set(keyOf(flow), { key: keyOf(flow), label, detail: flow.namespace, width, height })
    }
    const key = `${kind} ${keyOf(from)} ${keyOf(to)}`
    edges.set(key, { key, from: keyOf(from), to: keyOf(to), look: kind === 'calls' ? 'solid' : 'dashed' })
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] }
}

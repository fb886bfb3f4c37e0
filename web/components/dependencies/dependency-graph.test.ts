import { describe, expect, test } from 'vitest'
import { type Dependency, flowOf, labelOf, toDependencyGraph } from './dependency-graph'

const flow = (id: string, namespace = 'mill') => ({ namespace, id })
const edge = (kind: Dependency['kind'], from: string, to: string, via: string): Dependency => ({
  kind,
  from: flow(from),
  to: flow(to),
  via,
})

test('each flow is a node, and two flows are joined once by each kind', () => {
  const found = [edge('calls', 'a', 'b', 'one'), edge('calls', 'a', 'b', 'two'), edge('starts', 'b', 'c', 'after')]
  const { nodes, edges } = toDependencyGraph(found)
  expect(nodes.map(({ label, detail }) => `${label} of ${detail}`)).toEqual(['a of mill', 'b of mill', 'c of mill'])
  expect(edges.map(({ from, to, look }) => [from, to, look])).toEqual([
    ['mill/a', 'mill/b', 'solid'],
    ['mill/b', 'mill/c', 'dashed'],
  ])
})

describe('a name', () => {
  test.each([
    ['its own namespace', flow('a'), 'a'],
    ['another one', flow('a', 'lab'), 'lab.a'],
    ['any flow', flow('*', 'lab'), 'any flow of lab'],
  ])('of %s', (_case, name, expected) => expect(labelOf(name, 'mill')).toBe(expected))

  test.each([
    ['mill.team/load', { namespace: 'mill.team', id: 'load' }],
    ['mill/*', undefined],
  ])('of the node %s leads to %o', (key, expected) => expect(flowOf(key)).toEqual(expected))
})

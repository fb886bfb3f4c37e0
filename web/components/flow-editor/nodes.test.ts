import { expect, test } from 'vitest'
import type { Diagnostic } from '#language/diagnostics'
import { readFlow } from './flow-tools'
import { nodeOfLine, nodeOfPath, nodesOf, problemMarks } from './nodes'

const { topology, source } = readFlow(`id: a
namespace: b
triggers:
  - id: clock
    type: io.kestra.plugin.core.trigger.Schedule
tasks:
  - id: outer
    type: io.kestra.plugin.core.flow.Sequential
    tasks:
      - id: inner
        type: io.kestra.plugin.core.log.Log
        message: |
          one
          two
  - id: last
    type: io.kestra.plugin.core.log.Log
`)

test.each([
  [1, undefined],
  [4, 'clock'],
  [7, 'outer'],
  [9, 'outer'],
  [10, 'inner'],
  [14, 'inner'],
  [16, 'last'],
])('line %i is of %s', (line, id) => {
  expect(nodeOfLine(topology, source, line)?.node.id).toBe(id)
})

test('nodes stand in order, each before what it holds', () => {
  expect(nodesOf(topology).map(({ node }) => node.id)).toEqual(['clock', 'outer', 'inner', 'last'])
  expect(nodeOfPath(topology, ['tasks', 0, 'tasks', 0, 'message'])?.node.id).toBe('inner')
  expect(nodeOfPath(topology, ['description'])).toBeUndefined()
})

test('a problem marks the innermost task, and a warning is no error', () => {
  const problem = (path: (string | number)[], severity: 'error' | 'warning'): Diagnostic => {
    return { code: 'INVALID_VALUE', severity, message: 'no', path, range: source.rangeOf(path) }
  }
  const inner = ['tasks', 0, 'tasks', 0, 'message']
  expect(problemMarks(topology, [problem(inner, 'error'), problem(inner, 'warning')])).toEqual({
    'task:inner': { tone: 'danger', label: '2 problems' },
  })
  expect(problemMarks(topology, [problem(['tasks', 1, 'message'], 'warning')])).toEqual({
    'task:last': { tone: 'warning', label: 'no' },
  })
})

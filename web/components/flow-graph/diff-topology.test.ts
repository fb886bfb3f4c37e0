import { describe, expect, test } from 'vitest'
import { catalog } from '#catalog/manifests'
import { readTopology } from '#language/graph/read-topology'
import type { Branch } from '#language/graph/topology'
import { diffTopology } from './diff-topology'

const core = 'io.kestra.plugin.core'
const log = (id: string, message = 'hi') => `{ id: ${id}, type: ${core}.log.Log, message: ${message} }`

function diff(before: string, after: string) {
  const [old, now] = [before, after].map(tasks => {
    const source = `id: f\nnamespace: n\n${tasks}`
    const topology = readTopology(source, catalog)
    if (!topology) throw new Error('it is a flow')
    return { source, topology }
  })
  if (!old || !now) throw new Error('there are two')
  const { topology, marks } = diffTopology(old, now)
  return {
    shown: topology.branches.map(show).join(' '),
    marks: Object.fromEntries(Object.entries(marks).map(([key, { label }]) => [key.replace('task:', ''), label])),
    edges: topology.edges.map(({ from, to }) => `${from}>${to}`.replaceAll('task:', '')),
  }
}

function show({ label, tasks }: Branch): string {
  return `${label}[${tasks.map(({ id, branches }) => [id, ...branches.filter(b => b.tasks.length > 0).map(show)].join(' ')).join(' ')}]`
}

describe('the difference of two flows', () => {
  test('nothing', () => {
    const flow = `tasks:\n  - ${log('a')}\n`
    expect(diff(flow, `# the same\n${flow}`)).toMatchObject({ shown: 'tasks[a]', marks: {} })
  })

  test('added, removed and changed, what is gone where it was', () => {
    const before = `tasks:\n  - ${log('a')}\n  - ${log('b')}\n  - ${log('c')}\n`
    const after = `tasks:\n  - ${log('a')}\n  - ${log('c', 'other')}\n  - ${log('d')}\n`
    expect(diff(before, after)).toEqual({
      shown: 'tasks[a b c d]',
      marks: { b: 'Removed', c: 'Changed', d: 'Added' },
      edges: ['a>c', 'c>d', 'a>b', 'b>c'],
    })
  })

  test('a group is changed by what it says itself, not by what it holds', () => {
    const group = (inner: string, concurrent = 2) =>
      `tasks:\n  - { id: g, type: ${core}.flow.Parallel, concurrent: ${concurrent}, tasks: [${inner}] }\n`
    expect(diff(group(log('a')), group(`${log('a')}, ${log('b')}`)).marks).toEqual({ b: 'Added' })
    expect(diff(group(log('a')), group(log('a'), 3)).marks).toEqual({ g: 'Changed' })
  })

  test('a task that goes into another list is moved, and there once', () => {
    const before = `tasks:\n  - { id: g, type: ${core}.flow.Sequential, tasks: [${log('a')}, ${log('b')}] }\n`
    const after = `tasks:\n  - { id: g, type: ${core}.flow.Sequential, tasks: [${log('b')}] }\n  - ${log('a')}\n`
    expect(diff(before, after)).toMatchObject({ shown: 'tasks[g tasks[b] a]', marks: { a: 'Moved' } })
  })

  test('a list that is gone is there with what went with it', () => {
    const before = `tasks:\n  - ${log('a')}\nerrors:\n  - ${log('e')}\n`
    expect(diff(before, `tasks:\n  - ${log('a')}\n`)).toMatchObject({
      shown: 'tasks[a] if an error[e]',
      marks: { e: 'Removed' },
    })
  })

  test('what a task of a Dag waits for is its own', () => {
    const dag = (dependsOn: string) =>
      `tasks:\n  - { id: g, type: ${core}.flow.Dag, tasks: [{ task: ${log('a')} }, { task: ${log('b')}, dependsOn: ${dependsOn} }] }\n`
    expect(diff(dag('[]'), dag('[a]')).marks).toEqual({ b: 'Changed' })
  })
})

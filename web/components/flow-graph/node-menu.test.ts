import { describe, expect, test } from 'vitest'
import { catalog } from '#catalog/manifests'
import { editFlow } from '#language/graph/edit-flow'
import { readTopology } from '#language/graph/read-topology'
import { connectEdit, disconnectEdit, shiftEdit } from './node-edits'
import { flowPlaces, nodeActions } from './node-menu'
import { templateOf } from './template'
import { indexTopology } from './topology-index'

const core = 'io.kestra.plugin.core'
const text = `id: f
namespace: n
triggers:
  - id: nightly
    type: ${core}.trigger.Schedule
    cron: "0 2 * * *"
tasks:
  - id: first # kept
    type: ${core}.log.Log
    message: hi
  - id: graph
    type: ${core}.flow.Dag
    tasks:
      - task:
          id: a
          type: ${core}.log.Log
          message: hi
      - task:
          id: b
          type: ${core}.log.Log
          message: hi
        dependsOn: [a]
  - id: choose
    type: ${core}.flow.Switch
    value: x
    cases:
      x:
        - id: case_x
          type: ${core}.log.Log
          message: hi
`
const topology = readTopology(text, catalog) ?? { triggers: [], branches: [], edges: [] }
const index = indexTopology(topology)
const labels = (key: string) => nodeActions(key, topology, index).map(group => group.map(({ label }) => label))

describe('what a node can be done with', () => {
  test('a task', () => {
    expect(labels('task:first')).toEqual([
      ['Add a task before', 'Add a task after'],
      ['Duplicate', 'Move down', 'Disable'],
      ['Delete'],
    ])
  })

  test('a task of a Dag also waits for others', () => {
    expect(labels('task:b')[1]).toEqual(['Waits for a'])
    expect(nodeActions('task:b', topology, index)[1]).toMatchObject([{ isOn: true, edit: { kind: 'disconnect' } }])
  })

  test('a Switch is given cases, and what is not written yet', () => {
    expect(labels('task:choose')[0]).toEqual(
      expect.arrayContaining(['Add a case…', 'Add “otherwise”', 'Add “if an error”', 'Add “at the end”']),
    )
  })

  test('a trigger', () => expect(labels('trigger:nightly')).toEqual([['Duplicate', 'Disable'], ['Delete']]))
  test('what is not there', () => expect(labels('task:gone')).toEqual([]))

  test('each edit and each place is one that the flow takes, and keeps what is around it', () => {
    const edits = [...index.tasks.keys(), ...index.triggers.keys()].flatMap(key =>
      nodeActions(key, topology, index)
        .flat()
        // Whether one would wait for itself in the end is found by the edit.
        .flatMap(action => (action.kind === 'edit' && action.edit.kind !== 'connect' ? [action.edit] : [])),
    )
    const log = catalog.find(`${core}.log.Log`)
    const schedule = catalog.find(`${core}.trigger.Schedule`)
    if (!log || !schedule) throw new Error('the catalog has both')
    const inserts = flowPlaces(topology).map(({ place: { spot, takes } }) => ({
      kind: 'insert' as const,
      at: spot,
      yaml: templateOf(takes === 'task' ? log : schedule, index.ids),
    }))
    for (const edit of [...edits, ...inserts]) {
      const result = editFlow(text, edit, catalog)
      expect(result).toHaveProperty('text')
      if ('text' in result && !(edit.kind === 'remove' && edit.path.join() === 'tasks,0')) {
        expect(result.text).toContain('- id: first # kept')
      }
    }
  })
})

describe('edits of a node', () => {
  test('a task stays within its list', () => {
    expect(shiftEdit('task:first', -1, index)).toBeUndefined()
    expect(shiftEdit('task:choose', 1, index)).toBeUndefined()
    expect(shiftEdit('task:graph', 1, index)).toEqual({
      kind: 'move',
      path: ['tasks', 1],
      at: { list: ['tasks'], index: 3 },
    })
  })

  test('only tasks of one Dag wait for each other', () => {
    expect(connectEdit('task:a', 'task:b', index)).toEqual({ kind: 'connect', path: ['tasks', 1, 'tasks', 1], to: 'a' })
    expect(disconnectEdit('task:a', 'task:b', index)?.kind).toBe('disconnect')
    expect(connectEdit('task:a', 'task:a', index)).toBeUndefined()
    expect(connectEdit('task:first', 'task:b', index)).toBeUndefined()
  })
})

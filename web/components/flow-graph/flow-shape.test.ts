import ELK from 'elkjs/lib/elk.bundled.js'
import { describe, expect, test } from 'vitest'
import { catalog } from '#catalog/manifests'
import { readTopology } from '#language/graph/read-topology'
import type { Topology } from '#language/graph/topology'
import { fromElk } from '#web/components/graph/from-elk'
import { layOut } from '#web/components/graph/lay-out'
import { toElk } from '#web/components/graph/to-elk'
import { moveEdit, slotAt, takesTask } from './drop'
import { type FlowShapeOptions, flowShape } from './flow-shape'
import { slotsOf } from './slots'
import { indexTopology } from './topology-index'

const core = 'io.kestra.plugin.core'
const log = (id: string) => `{ id: ${id}, type: ${core}.log.Log, message: hi }`

function read(text: string): Topology {
  const topology = readTopology(`id: f\nnamespace: n\n${text}`, catalog)
  if (!topology) throw new Error('it is a flow')
  return topology
}

const closed: FlowShapeOptions = { collapsed: new Set(), isEditable: false, showsData: true }
const open: FlowShapeOptions = { ...closed, isEditable: true }

const nested = read(`triggers: [{ id: t, type: ${core}.trigger.Schedule, cron: "* * * * *" }]
tasks:
  - ${log('first')}
  - id: choose
    type: ${core}.flow.If
    condition: "{{ outputs.first.value }}"
    then:
      - id: both
        type: ${core}.flow.Parallel
        tasks: [${log('a')}, ${log('b')}]
  - id: graph
    type: ${core}.flow.Dag
    tasks: [{ task: ${log('x')} }, { task: ${log('y')}, dependsOn: [x] }]
  - ${log('last')}
errors: [${log('tell')}]
`)

function keysOf(topology: Topology, options: FlowShapeOptions) {
  return flowShape(topology, options).nodes.map(({ key, parent }) => (parent ? `${parent} > ${key}` : key))
}

describe('the shape of a flow', () => {
  test('holds tasks in their branches, and each group stands before what it holds', () => {
    expect(keysOf(nested, closed)).toEqual([
      'trigger:t',
      'task:first',
      'task:choose',
      'task:choose > task:choose/then',
      'task:choose/then > task:both',
      'task:both > task:a',
      'task:both > task:b',
      'task:graph',
      'task:graph > task:x',
      'task:graph > task:y',
      'task:last',
      '/errors',
      '/errors > task:tell',
    ])
  })

  test('has places for what is not written yet, if it can be written', () => {
    const keys = keysOf(nested, open)
    expect(keys).toContain('add-trigger')
    expect(keys).toContain('task:choose/else > task:choose/else/empty')
    expect(keysOf(read('tasks: []'), open)).toEqual(['add-trigger', '/tasks/empty'])
    expect(keysOf(read('tasks: []'), closed)).toEqual([])
  })

  test('a closed group stands for all that it holds', () => {
    const shape = flowShape(nested, { ...closed, collapsed: new Set(['task:choose']) })
    expect(shape.nodes.map(({ key }) => key)).not.toContain('task:both')
    const edges = shape.edges.filter(({ isLoose }) => !isLoose).map(({ from, to }) => `${from} ${to}`)
    expect(edges).toContain('task:first task:choose')
    expect(new Set(edges).size).toBe(edges.length)
  })

  test('who reads whose outputs has no say in the layout, and can be left out', () => {
    const data = (options: FlowShapeOptions) => flowShape(nested, options).edges.filter(({ isLoose }) => isLoose)
    expect(data(closed)).toMatchObject([{ from: 'task:first', to: 'task:choose' }])
    expect(data({ ...closed, showsData: false })).toEqual([])
  })

  test('each edge joins nodes that are there', () => {
    for (const options of [closed, open, { ...open, collapsed: new Set(['task:choose', 'task:graph']) }]) {
      const { nodes, edges } = flowShape(nested, options)
      const keys = new Set(nodes.map(({ key }) => key))
      for (const { from, to } of edges) expect([from, to].filter(key => !keys.has(key))).toEqual([])
    }
  })
})

describe.each(['DOWN', 'RIGHT'] as const)('places, %s', async direction => {
  const shape = flowShape(nested, open)
  const layout = await layOut({ ...shape, direction }, async level => fromElk(await new ELK().layout(toElk(level))))
  const slots = slotsOf(shape, nested, layout, direction)
  const index = indexTopology(nested)

  test('there is one at each end and between each two of a list', () => {
    expect(slots.map(({ spot }) => `${spot.list.join('.')}:${spot.index}`)).toEqual([
      ...['tasks:0', 'tasks:1', 'tasks:2', 'tasks:3', 'tasks:4'],
      ...['tasks.1.then:0', 'tasks.1.then:1'],
      ...['tasks.1.then.0.tasks:0', 'tasks.1.then.0.tasks:1', 'tasks.1.then.0.tasks:2'],
      'tasks.1.else:0',
      'tasks.2.tasks:2',
      ...['errors:0', 'errors:1'],
      'triggers:1',
    ])
  })

  test('no two are at one point, and none is hidden by a task', () => {
    const points = slots.map(({ at }) => `${at.x} ${at.y}`)
    expect(new Set(points).size).toBe(points.length)
    for (const { at, node } of slots) {
      if (node) continue
      const over = shape.nodes.filter(({ key, group }) => {
        const box = layout.boxes.get(key)
        return box && !group && at.x > box.x && at.x < box.x + box.width && at.y > box.y && at.y < box.y + box.height
      })
      expect(over).toEqual([])
    }
  })

  test('a drop upon a place, or near to it, is for that place', () => {
    for (const slot of slots) {
      expect(slotAt({ x: slot.at.x + 2, y: slot.at.y - 2 }, slots, shape, layout)?.key).toBe(slot.key)
    }
  })

  test('a drop upon a task is for a place of its list; far off it is for none', () => {
    const box = layout.boxes.get('task:a')
    if (!box) throw new Error('it has a place')
    const slot = slotAt({ x: box.x + 20, y: box.y + 20 }, slots, shape, layout)
    expect(slot?.spot.list).toEqual(['tasks', 1, 'then', 0, 'tasks'])
    expect(slotAt({ x: -5000, y: -5000 }, slots, shape, layout)).toBeUndefined()
  })

  test('a task goes neither into itself nor where it is', () => {
    const task = index.tasks.get('task:choose')?.task
    if (!task) throw new Error('it is there')
    const fit = slots.filter(slot => takesTask(task, slot)).map(({ spot }) => `${spot.list.join('.')}:${spot.index}`)
    expect(fit).toEqual(['tasks:0', 'tasks:3', 'tasks:4', 'tasks.2.tasks:2', 'errors:0', 'errors:1'])
    const [first] = slots
    if (!first) throw new Error('there are places')
    expect(moveEdit(task, first)).toEqual({ kind: 'move', path: ['tasks', 1], at: { list: ['tasks'], index: 0 } })
  })
})

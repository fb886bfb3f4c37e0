import { describe, expect, it } from 'vitest'
import { catalog } from '#catalog/manifests'
import { readTopology } from './read-topology'
import type { Branch, Topology } from './topology'

const core = 'io.kestra.plugin.core'

/** The tree as text: `name(order)[ids]`, lists that aren't written with a `?`. */
function shown({ branches }: Pick<Topology, 'branches'>): string {
  return branches.map(showBranch).join(' ')
}

function showBranch({ label, order, isWritten, tasks }: Branch): string {
  if (!isWritten) return `${label}?`
  const inner = tasks.map(task => (task.branches.length === 0 ? task.id : `${task.id}{${shown(task)}}`))
  return `${label}${order === 'sequence' ? '' : `(${order})`}[${inner.join(' ')}]`
}

function read(tasks: string, head = ''): Topology {
  const topology = readTopology(`id: f\nnamespace: n\n${head}tasks:\n${tasks}`, catalog)
  expect(topology).not.toBeNull()
  return topology!
}

const leaf = (id: string) => `{ id: ${id}, type: ${core}.debug.Return, format: x }`

describe('what a task holds', () => {
  it.each([
    ['Sequential', `tasks: [${leaf('a')}, ${leaf('b')}]`, 'tasks[a b] if an error? at the end?'],
    ['AllowFailure', `tasks: [${leaf('a')}]`, 'tasks[a] if an error? at the end?'],
    ['Parallel', `tasks: [${leaf('a')}, ${leaf('b')}]`, 'tasks(parallel)[a b] if an error? at the end?'],
    [
      'Dag',
      `tasks: [{ task: ${leaf('a')} }, { task: ${leaf('b')}, dependsOn: [a] }]`,
      'tasks(dag)[a b] if an error? at the end?',
    ],
    ['If', `then: [${leaf('a')}]`, 'then[a] else? if an error? at the end?'],
    ['If', `else: [${leaf('a')}], errors: [${leaf('b')}]`, 'then? else[a] if an error[b] at the end?'],
    [
      'Switch',
      `cases: { SMALL: [${leaf('a')}], 7: [] }, defaults: [${leaf('b')}]`,
      '7[] SMALL[a] otherwise[b] if an error? at the end?',
    ],
    ['Switch', 'value: x', 'otherwise? if an error? at the end?'],
    ['ForEach', `tasks: [${leaf('a')}]`, 'tasks[a] if an error? at the end?'],
    ['EachSequential', `tasks: [${leaf('a')}]`, 'tasks[a] if an error? at the end?'],
    ['EachParallel', `tasks: [${leaf('a')}]`, 'tasks(parallel)[a] if an error? at the end?'],
    ['ForEachItem', 'flowId: x', 'if an error? at the end?'],
    ['Loop', `tasks: [${leaf('a')}], finally: [${leaf('z')}]`, 'tasks[a] if an error? at the end[z]'],
    ['LoopUntil', `tasks: [${leaf('a')}]`, 'tasks[a] if an error? at the end?'],
    ['WaitFor', `tasks: [${leaf('a')}]`, 'tasks[a] if an error? at the end?'],
    ['WorkingDirectory', `tasks: [${leaf('a')}]`, 'tasks[a] if an error? at the end?'],
    ['Pause', `onPause: ${leaf('a')}`, 'when it pauses[a] tasks? if an error? at the end?'],
    ['Unheard', `tasks: [${leaf('a')}], cases: { x: [${leaf('b')}] }`, 'tasks[a] x[b]'],
  ])('%s { %s }', (kind, properties, expected) => {
    const { branches } = read(`- { id: t, type: ${core}.flow.${kind}, ${properties} }`)
    expect(shown(branches[0]!.tasks[0]!)).toBe(expected)
  })

  it('is no task where a plugin holds a plugin', () => {
    const runner = 'taskRunner: { id: x, type: io.kestra.plugin.core.runner.Process }'
    expect(shown(read(`- { id: t, type: io.kestra.plugin.scripts.python.Script, ${runner} }`))).toBe('tasks[t]')
  })

  it('stands in the lists of the flow', () => {
    const head = `errors: [${leaf('e')}]\nfinally: [${leaf('f')}]\nafterExecution:\nlisteners: [{ tasks: [${leaf('l')}] }]\n`
    expect(shown(read(`- ${leaf('a')}`, head))).toBe(
      'tasks[a] if an error[e] at the end[f] after the execution? when it ends[l]',
    )
  })
})

describe('edges', () => {
  const edges = ({ edges: all }: Topology) => all.map(({ kind, from, to }) => `${kind} ${from} ${to}`)

  it('follow sequences, dependencies, triggers and outputs', () => {
    const head = `triggers: [{ id: t, type: ${core}.trigger.Schedule, cron: "* * * * *" }]\n`
    const dag = `{ id: d, type: ${core}.flow.Dag, tasks: [{ task: ${leaf('x')} }, { task: ${leaf('y')}, dependsOn: [x] }] }`
    const last = `{ id: last, type: ${core}.log.Log, message: "{{ outputs['x'].value ~ outputs.none.value }}" }`
    expect(edges(read(`- ${leaf('a')}\n- ${dag}\n- ${last}`, head))).toEqual([
      'trigger trigger:t task:a',
      'order task:a task:d',
      'order task:d task:last',
      'dependsOn task:x task:y',
      'data task:x task:last',
    ])
  })

  it('name what a task itself reads, not what it holds', () => {
    const log = `{ id: in, type: ${core}.log.Log, message: "{{ outputs.a.value }}" }`
    const found = edges(read(`- ${leaf('a')}\n- { id: s, type: ${core}.flow.Sequential, tasks: [${log}] }`))
    expect(found).toEqual(['order task:a task:s', 'data task:a task:in'])
  })

  it('name a ForEachItem by its hidden parts', () => {
    const log = `{ id: z, type: ${core}.log.Log, message: "{{ outputs.each_merge.subflowOutputs }}" }`
    const each = `{ id: each, type: ${core}.flow.ForEachItem, namespace: n, flowId: f }`
    const topology = read(`- ${each}\n- ${log}`)
    expect(edges(topology)).toContain('data task:each task:z')
    expect(topology.branches[0]!.tasks[0]!.subflow).toEqual({ namespace: 'n', flowId: 'f' })
  })
})

describe('a node', () => {
  it('says what is written', () => {
    const [node] = read(`- id: 12\n  type: X\n  disabled: true\n  description: why\n  runIf: "{{ a }}"\n`).branches[0]!
      .tasks
    expect(node).toMatchObject({ id: '12', type: 'X', isDisabled: true, description: 'why', condition: '{{ a }}' })
    expect(node).toMatchObject({ key: 'task:12', path: ['tasks', 0], itemPath: ['tasks', 0], line: 4 })
  })

  it('has a key of its own, whatever its id', () => {
    const { branches } = read('- id: a\n- id: a\n- type: X\n- type: Y\n-\n- text\n')
    expect(branches[0]!.tasks.map(({ key }) => key)).toEqual(['task:a', 'task:a#2', 'task:#1', 'task:#2'])
  })

  it('of a Dag has an item around it', () => {
    const { branches } = read(`- { id: d, type: ${core}.flow.Dag, tasks: [{ task: ${leaf('x')} }] }`)
    const [held] = branches[0]!.tasks[0]!.branches[0]!.tasks
    expect(held).toMatchObject({ path: ['tasks', 0, 'tasks', 0, 'task'], itemPath: ['tasks', 0, 'tasks', 0] })
  })
})

describe('text that is half typed', () => {
  it.each([
    ['', null],
    ['- a', null],
    ['text', null],
    ['id: f', 'tasks?'],
    ['tasks:', 'tasks?'],
    ['tasks:\n  - id: a\n    type: x\n  - id: b\n    message: "half', 'tasks[a b]'],
    ['tasks:\n  - id: a\n   type: x', 'tasks[a ]'],
    ['tasks: [{ id: a }, { id', 'tasks[a ]'],
    ['tasks: *none', 'tasks?'],
  ])('%j', (text, expected) => {
    const topology = readTopology(text, catalog)
    expect(topology && shown(topology)).toBe(expected)
  })
})

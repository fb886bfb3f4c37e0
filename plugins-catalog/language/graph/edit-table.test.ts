import { describe, expect, it } from 'vitest'
import { catalog } from '#catalog/manifests'
import type { FlowEdit } from './edit'
import { editFlow } from './edit-flow'

const core = 'io.kestra.plugin.core'

const flow = `id: f
namespace: n

tasks:
  - id: a
    type: ${core}.flow.If
    condition: x
    then:
      - id: b
        type: ${core}.log.Log
        message: hi # why

  # about c
  - id: c
    type: ${core}.log.Log
    message: "{{ outputs.b.value ~ outputs['b'].x }} {{ tasks.b.state }}"
`
const dag = `tasks:
- id: d
  type: ${core}.flow.Dag
  tasks:
  - task:
      id: x
      type: t
  - task:
      id: z
      type: t
    dependsOn: [x]
- id: o
  type: t
  text: |
    one
      two
`
const added = `id: new
type: t
text: |
  one

    two
`

function edited(text: string, edit: FlowEdit): string {
  const result = editFlow(text, edit, catalog)
  return 'text' in result ? result.text : result.problem
}

describe('an edit', () => {
  it.each<[name: string, edit: FlowEdit, before: string, from: string, to: string]>([
    [
      'makes the branch that it inserts into',
      { kind: 'insert', at: { list: ['tasks', 0, 'else'], index: 0 }, yaml: added },
      flow,
      'message: hi # why\n',
      'message: hi # why\n    else:\n      - id: new\n        type: t\n        text: |\n          one\n\n            two\n',
    ],
    [
      'parts a new section as the others are',
      { kind: 'insert', at: { list: ['triggers'], index: 0 }, yaml: 'id: t\ntype: x' },
      flow,
      '.state }}"\n',
      '.state }}"\n\ntriggers:\n  - id: t\n    type: x\n',
    ],
    [
      'puts a property of the flow where one looks for it',
      { kind: 'set', path: ['inputs'], value: [{ id: 'x', type: 'STRING', defaults: 'yes' }] },
      flow,
      'namespace: n\n',
      'namespace: n\n\ninputs:\n  - id: x\n    type: STRING\n    defaults: "yes"\n',
    ],
    [
      'puts a property of a task before what it holds',
      { kind: 'set', path: ['tasks', 0, 'disabled'], value: true },
      flow,
      'condition: x\n',
      'condition: x\n    disabled: true\n',
    ],
    [
      'leaves a list that its type can’t do without',
      { kind: 'remove', path: ['tasks', 0, 'then', 0] },
      flow,
      `then:\n      - id: b\n        type: ${core}.log.Log\n        message: hi # why\n`,
      'then: []\n',
    ],
    [
      'takes the comment above along, and the blank line with it',
      { kind: 'remove', path: ['tasks', 1] },
      flow,
      flow.slice(flow.indexOf('\n  # about')),
      '',
    ],
    [
      'moves into a branch, indented anew',
      { kind: 'move', path: ['tasks', 1], at: { list: ['tasks', 0, 'tasks'], index: 1 } },
      `tasks:\n${dag.slice(7)}`,
      dag.slice(dag.indexOf('  - task:\n      id: z')),
      '  - task:\n      id: o\n      type: t\n      text: |\n        one\n          two\n  - task:\n      id: z\n      type: t\n    dependsOn: [x]\n',
    ],
    [
      'frees those that waited for what is removed',
      { kind: 'remove', path: ['tasks', 0, 'tasks', 0, 'task'] },
      dag,
      dag.slice(dag.indexOf('  - task:\n      id: x'), dag.indexOf('- id: o')),
      '  - task:\n      id: z\n      type: t\n',
    ],
    [
      'writes a text of several lines as a block',
      { kind: 'set', path: ['tasks', 0, 'then', 0, 'message'], value: 'one\ntwo' },
      flow,
      'message: hi # why\n',
      'message: |- # why\n          one\n          two\n',
    ],
    [
      'fills an empty list in block style, with the text’s own breaks',
      { kind: 'insert', at: { list: ['tasks'], index: 0 }, yaml: 'id: a\ntype: t\n' },
      'id: f\r\ntasks: [] # none\r\nlabels: {}',
      'tasks: [] # none\r\n',
      'tasks: # none\r\n  - id: a\r\n    type: t\r\n',
    ],
    [
      'puts a first key of a map behind its dash',
      { kind: 'unset', path: ['tasks', 1, 'id'] },
      flow,
      '- id: c\n    type',
      '- type',
    ],
    [
      'writes within braces where it stands in some',
      { kind: 'set', path: ['tasks', 0, 'when'], value: 'no' },
      'tasks: [{ id: a, type: t }]',
      'type: t ',
      'type: t, when: "no" ',
    ],
    [
      'changes only what differs in a map',
      { kind: 'set', path: ['labels'], value: { a: '1', c: 'x' } },
      "labels:\n  a: '1' # one\n  b: 2\n",
      '  b: 2\n',
      '  c: x\n',
    ],
  ])('%s', (_, edit, before, from, to) => {
    expect(before).toContain(from)
    expect(edited(before, edit)).toBe(before.replace(from, () => to))
  })

  it('renames in expressions, in brackets where it must, and in `dependsOn`', () => {
    expect(edited(flow, { kind: 'rename', path: ['tasks', 0, 'then', 0], id: 'b-2' })).toBe(
      flow
        .replace('id: b\n', 'id: b-2\n')
        .replace(/outputs\.b|outputs\['b'\]/g, "outputs['b-2']")
        .replace('tasks.b', "tasks['b-2']"),
    )
    expect(edited(dag, { kind: 'rename', path: ['tasks', 0, 'tasks', 0], id: 'y' })).toBe(
      dag.replace('id: x', 'id: y').replace('[x]', '[y]'),
    )
  })

  it('renames an input for all that name it', () => {
    const text = (id: string) =>
      `inputs:\n  - id: ${id}\n    type: STRING\n  - id: other\n    type: STRING\n    dependsOn: { inputs: [${id}] }\ntriggers:\n  - id: t\n    type: x\n    inputs:\n      ${id}: 1\ntasks:\n  - id: a\n    type: t\n    m: "{{ inputs.${id} | upper }} {{ inputs.other }}"\n`
    expect(edited(text('one'), { kind: 'rename', path: ['inputs', 0], id: 'two' })).toBe(text('two'))
  })

  it('gives a copy ids of its own, by which it reads itself', () => {
    const text =
      'tasks:\n  - id: s\n    type: t\n    tasks:\n      - id: x\n        type: t\n      - id: y\n        type: t\n        m: "{{ outputs.x.value }} {{ outputs.z.value }}"\n'
    const copy = text.slice(7).replace(/id: /g, 'id: copy_of_').replace('outputs.x', 'outputs.copy_of_x')
    expect(edited(text, { kind: 'duplicate', path: ['tasks', 0] })).toBe(text + copy)
    expect(edited(text + copy, { kind: 'duplicate', path: ['tasks', 0] })).toContain('id: copy_of_s_2')
  })
})

describe('what can’t be done is a problem', () => {
  const anchors = 'tasks:\n  - &a\n    id: a\n    type: t\n  - <<: *a\n    id: b\n  - *a\n'
  it.each<[string, string, FlowEdit]>([
    ['the text can’t be read', 'id: "', { kind: 'unset', path: ['id'] }],
    ['from an anchor or a merge', anchors, { kind: 'set', path: ['tasks', 1, 'type'], value: 'x' }],
    ['from an anchor or a merge', anchors, { kind: 'set', path: ['tasks', 2, 'id'], value: 'x' }],
    ['an anchor or a merge', anchors, { kind: 'set', path: ['tasks', 0, 'id'], value: 'x' }],
    ['an anchor or a merge', anchors, { kind: 'remove', path: ['tasks', 0] }],
    ['into itself', flow, { kind: 'move', path: ['tasks', 0], at: { list: ['tasks', 0, 'then'], index: 0 } }],
    ['would wait for each other', dag, { kind: 'connect', path: ['tasks', 0, 'tasks', 0], to: 'z' }],
    ['has no task "o"', dag, { kind: 'connect', path: ['tasks', 0, 'tasks', 0], to: 'o' }],
    ['only tasks of a Dag', flow, { kind: 'connect', path: ['tasks', 0], to: 'c' }],
    ['no task or trigger', flow, { kind: 'insert', at: { list: ['tasks'], index: 0 }, yaml: '- x' }],
    ['no such place', flow, { kind: 'insert', at: { list: ['tasks'], index: 3 }, yaml: added }],
    ['is no list', flow, { kind: 'insert', at: { list: ['namespace'], index: 0 }, yaml: added }],
    ['nothing is written there', flow, { kind: 'remove', path: ['tasks', 2] }],
    ['the id of another', flow, { kind: 'rename', path: ['tasks', 0], id: 'c' }],
    ['can’t be the name', flow, { kind: 'set', path: ['__proto__', 'polluted'], value: true }],
    ['can’t be the name', flow, { kind: 'insert', at: { list: ['tasks', 0, 'constructor'], index: 0 }, yaml: added }],
    ['an id starts with', flow, { kind: 'rename', path: ['tasks', 0], id: 'a b' }],
  ])('%s', (problem, text, edit) => {
    expect(edited(text, edit)).toContain(problem)
    expect({}).not.toHaveProperty('polluted')
  })
})

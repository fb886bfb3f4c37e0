import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { catalog } from '#catalog/manifests'
import type { Path } from '../check/problem'
import { completeExpression } from '../complete/complete-expression'
import { hoverExpression } from '../complete/hover-expression'
import type { FlowEdit } from './edit'
import { editFlow } from './edit-flow'
import { readTopology } from './read-topology'
import { handwritings } from './testing'
import type { Branch, TaskNode } from './topology'
import { applyEdits } from './write/text-lines'

/** Much of what a flow may hold, to be torn apart. */
const flow = `# a flow
id: fuzzed
namespace: company.team
inputs:
  - id: name
    type: STRING # said
triggers: []
tasks:
  - id: first
    type: io.kestra.plugin.core.debug.Return
    format: |+
      {{ inputs.name }}

        deep

  # about the group
  - id: group
    type: io.kestra.plugin.core.flow.Dag
    tasks:
      - task: { id: a, type: io.kestra.plugin.core.log.Log, message: "{{ outputs.first.value }}" }
      - task:
          id: b
          type: io.kestra.plugin.core.log.Log
          message: >-
            folded {{ outputs['first']
            .value | upper }}
        dependsOn: [a]
  - &shared
    id: choose
    type: io.kestra.plugin.core.flow.Switch
    value: '{{ inputs.name }}'
    cases:
      one:
      - id: unindented
        type: io.kestra.plugin.core.flow.If
        then:
          - {id: c, type: x}
      two: []
errors:
  - <<: *shared
    id: merged
`

const pieces = [
  '\n',
  '  ',
  '- ',
  ': ',
  '{{ ',
  ' }}',
  '"',
  "'",
  '|',
  '>',
  '&a',
  '*a',
  '<<',
  '#',
  '[',
  ']',
  '{',
  '}',
  '\t',
  '\r\n',
  '---\n',
  'é',
  '🙂',
]

/** Torn, cut and interspersed. */
const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(fc.constantFrom(...pieces, 'id', 'tasks', 'type', 'x'), { maxLength: 60 }).map(parts => parts.join('')),
  fc.nat({ max: flow.length }).map(end => flow.slice(0, end)),
  fc
    .array(fc.tuple(fc.nat({ max: flow.length }), fc.nat({ max: 12 }), fc.constantFrom('', ...pieces)), {
      maxLength: 6,
    })
    .map(changes => changes.reduce((text, [at, gone, come]) => text.slice(0, at) + come + text.slice(at + gone), flow)),
)

const keys = [
  'tasks',
  'task',
  'id',
  'type',
  'cases',
  'one',
  'errors',
  'triggers',
  'dependsOn',
  'message',
  'x',
  '__proto__',
  '<<',
]
const paths: fc.Arbitrary<Path> = fc.array(fc.oneof(fc.constantFrom(...keys), fc.integer({ min: -1, max: 4 })), {
  maxLength: 6,
})
const spots = fc.record({ list: paths, index: fc.integer({ min: -1, max: 4 }) })

const edits: fc.Arbitrary<FlowEdit> = fc.oneof(
  fc.record({ kind: fc.constant('insert' as const), at: spots, yaml: texts }),
  fc.record({ kind: fc.constant('move' as const), path: paths, at: spots }),
  fc.record({ kind: fc.constantFrom('duplicate' as const, 'remove' as const, 'unset' as const), path: paths }),
  fc.record({
    kind: fc.constant('set' as const),
    path: paths,
    value: fc.jsonValue().map(value => structuredClone(value) as never),
  }),
  fc.record({
    kind: fc.constantFrom('connect' as const, 'disconnect' as const),
    path: paths,
    to: fc.constantFrom('a', 'b', ''),
  }),
  fc.record({ kind: fc.constant('rename' as const), path: paths, id: fc.constantFrom('z', 'a', 'with-dash', '', '1') }),
)

function nodesIn(branches: readonly Branch[]): { list: Path; task: TaskNode }[] {
  return branches.flatMap(({ path, tasks }) => tasks.flatMap(task => [{ list: path, task }, ...nodesIn(task.branches)]))
}

describe('any text', () => {
  it('keeps the graph and its edits alive', () => {
    fc.assert(
      fc.property(texts, edits, (text, edit) => {
        readTopology(text, catalog)
        const result = editFlow(text, edit, catalog)
        if ('text' in result) expect(applyEdits(text, result.edits)).toBe(result.text)
      }),
      { numRuns: 1500, seed: 11 },
    )
  })

  it('keeps completion and hover alive, wherever the cursor stands', () => {
    fc.assert(
      fc.property(texts, fc.nat({ max: 1000 }), (text, at) => {
        const offset = Math.min(at, text.length)
        const found = completeExpression(text, offset, catalog)
        if (found !== null) expect(found.start <= offset && offset <= found.end).toBe(true)
        hoverExpression(text, offset, catalog)
      }),
      { numRuns: 1000, seed: 12 },
    )
  })
})

describe('typing and drawing by turns', () => {
  /** Typed as a comment behind a line, where it can be found again. */
  const turns = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.boolean()), { minLength: 4, maxLength: 12 })

  it.each(Object.keys(handwritings))('loses nothing that was typed, %s', handwriting => {
    fc.assert(
      fc.property(turns, steps => {
        let text = handwritings[handwriting]!(flow.slice(0, flow.indexOf('errors:')).replace('&shared', ''))
        const typed: string[] = []
        for (const [number, [a, b, c, isTyped]] of steps.entries()) {
          if (isTyped) {
            const lines = [...text.matchAll(/^ *- (id:|task:).*$/gm)]
            const place = lines[a % Math.max(1, lines.length)]
            if (place === undefined) continue
            const indent = /^ */.exec(place[0])![0]
            typed.push(`# typed ${number}`)
            text = `${text.slice(0, place.index)}${indent}# typed ${number}\n${text.slice(place.index)}`
          } else {
            const all = nodesIn(readTopology(text, catalog)!.branches)
            const from = all[a % Math.max(1, all.length)]
            const to = all[b % Math.max(1, all.length)]
            if (from === undefined || to === undefined) continue
            const kinds: FlowEdit[] = [
              { kind: 'move', path: from.task.path, at: { list: to.list, index: c % 3 } },
              { kind: 'duplicate', path: from.task.path },
              { kind: 'rename', path: from.task.path, id: `renamed_${number}` },
              { kind: 'set', path: [...from.task.path, 'description'], value: 'one\ntwo' },
            ]
            const result = editFlow(text, kinds[c % kinds.length]!, catalog)
            if ('text' in result) text = result.text
          }
        }
        for (const words of typed) expect(text).toContain(words)
        expect(text).toContain('# a flow')
        expect(text).toContain('# about the group')
      }),
      { numRuns: 40, seed: 13 },
    )
  })
})

import { describe, expect, it } from 'vitest'
import { catalog } from '#catalog/manifests'
import { completeExpression } from './complete-expression'
import { hoverExpression } from './hover-expression'

const flow = `id: f
namespace: n
inputs:
  - id: name
    type: STRING
    displayName: Who
    defaults: anna
  - id: db.port
    type: INT
labels: { team: a }
variables:
  bucket: { region: eu }
triggers:
  - id: t
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "* * * * *"
    inputs: { name: "@T" }
tasks:
  - id: first
    type: io.kestra.plugin.core.storage.Size
    uri: x
  - id: with-dash
    type: io.kestra.plugin.core.debug.Return
    format: x
  - id: each
    type: io.kestra.plugin.core.flow.ForEach
    values: [1]
    tasks:
      - id: inner
        type: io.kestra.plugin.core.log.Log
        message: "@I"
  - id: round
    type: io.kestra.plugin.core.flow.Loop
    values: [1]
    tasks:
      - id: held
        type: io.kestra.plugin.core.debug.Return
        format: '@L'
  - id: here
    type: io.kestra.plugin.core.log.Log
    message: @M
  - id: later
    type: io.kestra.plugin.core.debug.Return
    format: y
outputs:
  - id: o
    type: STRING
    value: @O
`

/** Puts a text at a place; `^` is the cursor. */
function placed(written: string, place = '@M'): { text: string; offset: number } {
  const text = flow.replace(place, () => written).replace(/"?'?@[TILMO]"?'?/g, 'x')
  return { text: text.replace('^', ''), offset: text.indexOf('^') }
}

function complete(written: string, place?: string) {
  const { text, offset } = placed(written, place)
  const found = completeExpression(text, offset, catalog)
  return (
    found && { ...found, labels: found.items.map(({ label }) => label), replaced: text.slice(found.start, found.end) }
  )
}

describe('completion', () => {
  it.each<[written: string, place: string | undefined, has: string[], lacks: string[]]>([
    [
      '"{{ ^ }}"',
      undefined,
      ['inputs', 'outputs', 'vars', 'now', 'secret', 'taskrun', 'true'],
      ['item', 'upper', 'parent'],
    ],
    ['"{{ inp^ }}"', undefined, ['inputs'], []],
    ['"{{ inputs.^ }}"', undefined, ['name', 'db'], ['first']],
    ['"{{ inputs.db.^ }}"', undefined, ['port'], []],
    ['"{{ inputs.^', undefined, ['name'], []],
    ['{{ inputs.^', undefined, ['name'], []],
    ['{{ inputs.^ }}', undefined, ['name'], []],
    ["'{{ inputs.na^", undefined, ['name'], []],
    ['|\n      one\n      {{ inputs.^', undefined, ['name'], []],
    ['|\n      {{ inputs.name }} {{ vars.bucket.^ }}', undefined, ['region'], []],
    ['"{{ vars.^ }}"', undefined, ['bucket'], []],
    ['"{{ labels.^ }}"', undefined, ['team', 'system'], []],
    ['"{{ flow.^ }}"', undefined, ['id', 'namespace'], []],
    ['"{{ outputs.^ }}"', undefined, ['first', 'with-dash', 'each', 'inner', 'round'], ['later', 'here', 'held']],
    ['"{{ outputs[\'^\'] }}"', undefined, ['first', 'with-dash'], ['later']],
    ['"{{ outputs[^] }}"', undefined, ['first'], []],
    ['"{{ outputs.first.^ }}"', undefined, ['size'], []],
    ['"{{ outputs[\'first\'].^ }}"', undefined, ['size'], []],
    ['"{{ outputs.round.^ }}"', undefined, ['iterationCount', 'outputs'], []],
    ['{{ outputs.^ }}', '@I', ['first', 'with-dash'], ['later', 'here']],
    ['{{ taskrun.^ }}', '@I', ['value', 'iteration'], []],
    ['{{ parent.^ }}', '@I', ['taskrun'], []],
    ['{{ ^ }}', '@L', ['item'], []],
    ['{{ item.^ }}', '@L', ['value', 'index'], []],
    ['{{ ^ }}', '@T', ['trigger', 'inputs'], ['outputs']],
    ['"{{ outputs.^ }}"', '@O', ['first', 'later'], []],
    ['"{{ tasks.^ }}"', undefined, ['first', 'later'], []],
    ['"{{ tasks.first.^ }}"', undefined, ['state'], []],
    ['"{{ inputs.name | ^ }}"', undefined, ['upper', 'date', 'default'], ['now', 'inputs']],
    ['"{{ inputs.name | up^ }}"', undefined, ['upper'], []],
    ['"{{ inputs.name is ^ }}"', undefined, ['defined', 'empty'], ['upper']],
    ['"{{ inputs.name is not ^ }}"', undefined, ['defined', 'empty'], ['upper']],
    ['"{{ inputs.name ^ }}"', undefined, ['and', 'is', 'contains'], ['now']],
    ['"{{ a == ^ }}"', undefined, ['inputs', 'now'], ['and']],
    ['"{{ now(^) }}"', undefined, ['format=', 'timeZone=', 'inputs'], []],
    ['"{{ x | date(\'y\', ^) }}"', undefined, ['timeZone=', 'inputs'], []],
    ['"{% ^ %}"', undefined, ['if', 'for', 'set'], ['now']],
    ['"{% if ^ %}"', undefined, ['inputs', 'now'], ['for']],
    ['"{% for x in ^ %}"', undefined, ['inputs'], []],
    ['|\n      {% for row in [1] %}{{ ^ }}', undefined, ['row', 'loop', 'inputs'], []],
    ['"{{ secret(\'^\') }}"', undefined, [], []],
  ])('%s at %s', (written, place, has, lacks) => {
    const labels = complete(written, place)?.labels
    expect(labels).toEqual(expect.arrayContaining(has))
    for (const label of lacks) expect(labels).not.toContain(label)
  })

  it.each([['"^"'], ['"text ^"'], ['"{{ a }} ^ {{ b }}"'], ['"{^{ a }}"'], ['"{{ \'a^\' }}"'], ['"{% for ^ %}"']])(
    'is none in %s',
    written => {
      expect(complete(written)).toBeNull()
    },
  )

  it('replaces the whole word', () => {
    expect(complete('"{{ inp^uts.name }}"')?.replaced).toBe('inputs')
    expect(complete('"{{ inputs.^ }}"')?.replaced).toBe('')
  })

  it('writes an id with dashes in brackets, in quotes that YAML leaves alone', () => {
    const item = (written: string, place?: string) => {
      const { text, offset } = placed(written, place)
      const found = completeExpression(text, offset, catalog)?.items.find(({ label }) => label === 'with-dash')
      return found && [found.insert, found.start === undefined ? '' : text.slice(found.start, offset)]
    }
    expect(item('"{{ outputs.^ }}"')).toEqual(["['with-dash']", '.'])
    expect(item("'{{ outputs.w^ }}'")).toEqual(['["with-dash"]', '.w'])
    expect(item('"{{ outputs[\'^\'] }}"')).toEqual(['with-dash', ''])
  })

  it('says types and documents', () => {
    const items = complete('"{{ inputs.^ }}"')!.items
    expect(items.find(({ label }) => label === 'name')).toMatchObject({
      kind: 'input',
      detail: 'STRING',
      documentation: 'Input of type `STRING`.\n\nWho\n\nBy default `"anna"`.',
    })
    expect(complete('"{{ outputs.first.^ }}"')!.items[0]).toMatchObject({
      label: 'size',
      kind: 'output',
      documentation: 'In bytes.',
    })
    expect(complete('"{{ x | ^ }}"')!.items.find(({ label }) => label === 'date')).toMatchObject({
      insert: 'date()',
      cursor: 5,
    })
  })

  it('asks for names that are not in the flow', () => {
    expect(complete('"{{ secret(\'^\') }}"')?.names).toBe('secret')
    expect(complete('"{{ kv(\'k^\') }}"')).toMatchObject({ names: 'kv', replaced: 'k' })
  })
})

describe('hover', () => {
  it.each([
    ['"{{ n^ow() }}"', 'now'],
    ['"{{ inputs.name | up^per }}"', 'upper'],
    ['"{{ a is defi^ned }}"', 'Whether a variable exists'],
    ['"{{ inp^uts.name }}"', 'given when the flow was started'],
    ['"{{ inputs.na^me }}"', 'Input of type `STRING`'],
    ['"{{ outputs.fir^st.size }}"', 'io.kestra.plugin.core.storage.Size'],
    ['"{{ outputs.first.si^ze }}"', 'In bytes.'],
    ['"{{ outputs[\'fir^st\'].size }}"', 'io.kestra.plugin.core.storage.Size'],
    ['"{{ vars.buck^et }}"', 'region'],
  ])('%s', (written, expected) => {
    const { text, offset } = placed(written)
    expect(hoverExpression(text, offset, catalog)?.documentation).toContain(expected)
  })

  it.each([['"no^w"'], ['"{{ 1 +^ 2 }}"'], ['"{{ outputs.none.si^ze }}"'], ['"{{ whatever^ }}"']])(
    'is none of %s',
    written => {
      const { text, offset } = placed(written)
      expect(hoverExpression(text, offset, catalog)).toBeNull()
    },
  )
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { catalog } from '#catalog/manifests'
import { isJsonObject, type Json } from '#language/json'
import { valueAt } from '#language/paths'
import { readFlow } from '../flow-editor/flow-tools'
import { nodesOf } from '../flow-editor/nodes'
import { expressionsAt } from './expression-variables'
import { emptyOf, fits, lookOf, optionOf } from './fitting'
import { formOfFlow, formOfPlugin, unknownFields } from './form-model'
import type { Field, Shape } from './shapes'

const field = (type: string, name: string) =>
  formOfPlugin(catalog.find(type)!)
    .flatMap(({ fields }) => fields)
    .find(one => one.name === name)

test.each([
  ['io.kestra.plugin.core.http.Request', 'uri', { kind: 'text', format: 'line' }],
  ['io.kestra.plugin.core.http.Request', 'timeout', { kind: 'text', format: 'duration' }],
  ['io.kestra.plugin.core.http.Request', 'disabled', { kind: 'boolean' }],
  ['io.kestra.plugin.core.flow.ForEach', 'concurrencyLimit', { kind: 'number', isWhole: true }],
  ['io.kestra.plugin.core.flow.ForEach', 'tasks', { kind: 'tasks' }],
  ['io.kestra.plugin.core.flow.Switch', 'cases', { kind: 'tasks' }],
  ['io.kestra.plugin.core.flow.Dag', 'tasks', { kind: 'tasks' }],
  ['io.kestra.plugin.scripts.python.Script', 'taskRunner', { kind: 'plugin', of: 'taskRunner' }],
  ['io.kestra.plugin.scripts.python.Script', 'script', { kind: 'text', format: 'lines' }],
  ['io.kestra.plugin.scripts.shell.Commands', 'outputFiles', { kind: 'list', item: { kind: 'text', format: 'line' } }],
  [
    'io.kestra.plugin.scripts.shell.Commands',
    'commands',
    { kind: 'union', options: [{ label: 'List' }, { label: 'Text' }] },
  ],
])('%s %s is a field of its kind', (type, name, shape) => {
  expect(field(type, name)?.shape).toMatchObject(shape)
})

test('what is required stands first, what all tasks share last; a default is told', () => {
  const [needed, own, common] = formOfPlugin(catalog.find('io.kestra.plugin.core.http.Request')!)
  expect(needed!.fields.map(({ name }) => name)).toEqual(['uri'])
  expect(own!.fields.some(({ name }) => name === 'method')).toBe(true)
  expect(common!.title).toBe('Common to all tasks')
  expect(common!.fields.find(({ name }) => name === 'allowFailure')?.fallback).toBe(false)
})

test('the form of a flow has its lists of tasks, its inputs with their kinds, and nothing that only the system writes', () => {
  const fields = formOfFlow().flatMap(({ fields }) => fields)
  expect(fields.find(({ name }) => name === 'triggers')?.shape).toEqual({ kind: 'tasks' })
  expect(fields.find(({ name }) => name === 'inputs')?.shape).toMatchObject({ kind: 'list', item: { kind: 'union' } })
  expect(fields.map(({ name }) => name)).not.toContain('revision')
})

test('what no field is about is shown, too, so that it can be taken out', () => {
  const groups = formOfPlugin(catalog.find('io.kestra.plugin.core.log.Log')!)
  expect(unknownFields(groups, { id: 'a', type: 'b', message: 'x', level: 'INFO' })).toEqual([])
  const [left] = unknownFields(groups, { id: 'a', type: 'b', uri: 'left over' })
  expect(left?.fields.map(({ name }) => name)).toEqual(['uri'])
})

test.each(catalog.all().map(definition => [definition.type, definition] as const))(
  '%s: its form shows every value of its examples as a field',
  (_type, definition) => {
    const fields = formOfPlugin(definition).flatMap(({ fields }) => fields)
    for (const value of ofType(
      definition.examples.map(({ yaml }) => parse(yaml) as Json),
      definition.type,
    )) {
      for (const [name, one] of Object.entries(value)) {
        if (name === 'id' || name === 'type') continue
        const shape = fields.find(field => field.name === name)?.shape
        expect(shape, name).toBeDefined()
        expect(unshown(shape!, one), `${name}: ${JSON.stringify(one)}`).toEqual([])
      }
    }
    for (const { shape } of fields) expect(fits(shape, emptyOf(shape))).toBe(true)
  },
)

/** Maps of a type, wherever they stand. */
function ofType(value: Json, type: string): { [name: string]: Json }[] {
  if (Array.isArray(value)) return value.flatMap(one => ofType(one, type))
  if (!isJsonObject(value)) return []
  return [...(value.type === type ? [value] : []), ...Object.values(value).flatMap(one => ofType(one, type))]
}

/** Values below that a form would show as YAML only, though their shape says more. */
function unshown(shape: Shape, value: Json): Json[] {
  const look = lookOf(shape, value)
  if (look === 'yaml') return [value]
  if (look === 'expression') return []
  if (shape.kind === 'union') {
    const option = shape.options[optionOf(shape, value)]!
    return unshown(option.shape, value)
  }
  if (shape.kind === 'list' && Array.isArray(value)) return value.flatMap(one => unshown(shape.item, one))
  if (shape.kind === 'map' && isJsonObject(value)) return Object.values(value).flatMap(one => unshown(shape.value, one))
  if (shape.kind === 'object' && isJsonObject(value)) {
    return shape.fields.flatMap(({ name, shape }: Field) =>
      value[name] === undefined ? [] : unshown(shape, value[name]),
    )
  }
  return []
}

test.each<[Shape, Json, string]>([
  [{ kind: 'number', isWhole: true }, '{{ inputs.count }}', 'expression'],
  [{ kind: 'map', value: { kind: 'any' } }, '{{ inputs.headers }}', 'expression'],
  [{ kind: 'map', value: { kind: 'any' } }, 'no map', 'yaml'],
  [{ kind: 'text', format: 'line' }, { a: 1 }, 'yaml'],
  [{ kind: 'text', format: 'line' }, 5, 'shape'],
  [{ kind: 'boolean' }, 'perhaps', 'yaml'],
  [{ kind: 'choice', words: ['GET'] }, 'get', 'shape'],
  [{ kind: 'any' }, [1], 'shape'],
])('%j shows %j as %s', (shape, value, look) => {
  expect(lookOf(shape, value)).toBe(look)
})

const flow = `id: a
namespace: company
inputs:
  - { id: name, type: STRING }
variables: { my-var: 1 }
tasks:
  - { id: first, type: io.kestra.plugin.core.http.Request, uri: x }
  - { id: second, type: io.kestra.plugin.core.log.Log, message: y }
`

test('an expression is offered what is there before the task, and no more', () => {
  const { value } = readFlow(flow)
  const offered = (index: number) =>
    expressionsAt(value, ['tasks', index], { catalog, secrets: ['KEY'] }).flatMap(({ items }) =>
      items.map(({ expression }) => expression),
    )
  expect(offered(1)).toEqual(
    expect.arrayContaining(['inputs.name', "vars['my-var']", 'outputs.first.body', "secret('KEY')", 'execution.id']),
  )
  expect(offered(0).filter(expression => expression.startsWith('outputs'))).toEqual([])
  expect(offered(1).filter(expression => expression.startsWith('trigger'))).toEqual([])
})

const pieces = fc.constantFrom(...flow.split(/(?=[\n:{}\-'"\s])/), '*a', '&a ', '<<: ', '\t', '- ', '[', ']', '{{', '|')
const texts = fc.oneof(
  fc.array(pieces, { maxLength: 60 }).map(all => all.join('')),
  fc
    .tuple(fc.nat(flow.length), fc.nat(20), fc.string({ maxLength: 6 }))
    .map(([at, length, added]) => flow.slice(0, at) + added + flow.slice(at + length)),
)

test('any text keeps the form alive', () => {
  fc.assert(
    fc.property(texts, text => {
      const { value, topology } = readFlow(text)
      const nodes = nodesOf(topology)
      for (const { fields } of formOfFlow()) for (const { name, shape } of fields) lookOf(shape, valueAt(value, [name]))
      for (const one of nodes) {
        const written = valueAt(value, one.node.path)
        const definition = one.node.type === undefined ? undefined : catalog.find(one.node.type)
        for (const { fields } of definition ? formOfPlugin(definition) : []) {
          for (const { name, shape } of fields) lookOf(shape, isJsonObject(written) ? written[name] : undefined)
        }
        expressionsAt(value, one.node.path, { catalog, secrets: [] })
      }
    }),
    { numRuns: 300 },
  )
})

import { describe, expect, it } from 'vitest'
import { Input, resolveInputs } from './inputs'
import type { Json, JsonObject } from './json'

/** Renders a lone `{{ inputs.x }}` only; expressions have their own tests. */
function render(template: Json, scope: { inputs: JsonObject }): Json {
  const name = /^\{\{ inputs\.(\w+) \}\}$/.exec(String(template))?.[1]
  return name === undefined ? template : (scope.inputs[name] ?? null)
}

function resolve(inputs: JsonObject[], given: JsonObject, mayMiss = false) {
  const definitions = inputs.map(input => Input.parse({ id: 'x', ...input }))
  return resolveInputs(definitions, given, { render, mayMiss })
}

describe('a value by type', () => {
  it.each<[input: JsonObject, given: Json, value: Json]>([
    [{ type: 'STRING' }, 5, '5'],
    [{ type: 'STRING' }, '', ''],
    [{ type: 'STRING', validator: 'A\\d+' }, 'A12', 'A12'],
    [{ type: 'INT' }, '42', 42],
    [{ type: 'FLOAT' }, '42.42', 42.42],
    [{ type: 'BOOL' }, 'TRUE', true],
    [{ type: 'BOOLEAN' }, 'yes', false],
    [{ type: 'SELECT', values: ['a', 'b'] }, 'b', 'b'],
    [{ type: 'SELECT', values: ['a'], allowCustomValue: true }, 'z', 'z'],
    [{ type: 'SELECT', values: [{ label: 'A', value: 'a' }] }, 'a', 'a'],
    [{ type: 'MULTISELECT', options: ['a', 'b'] }, '["a"]', ['a']],
    [{ type: 'ARRAY', itemType: 'INT' }, '[1, "2"]', [1, 2]],
    [{ type: 'DATETIME' }, '2019-10-06T20:27:49+02:00', '2019-10-06T18:27:49Z'],
    [{ type: 'DATE' }, '2019-10-06', '2019-10-06'],
    [{ type: 'TIME' }, '18:27:49', '18:27:49'],
    [{ type: 'DURATION' }, 'PT5M6S', 306],
    [{ type: 'FILE' }, 'kestra:///a/b.txt', 'kestra:///a/b.txt'],
    [{ type: 'FILE', extension: '.txt' }, 'kestra:///a/b.txt', 'kestra:///a/b.txt'],
    [{ type: 'JSON' }, '{"a": "b"}', { a: 'b' }],
    [{ type: 'JSON' }, { a: 'b' }, { a: 'b' }],
    [{ type: 'YAML' }, 'some: property\nalist:\n- of', { some: 'property', alist: ['of'] }],
    [{ type: 'URI' }, 'https://www.example.com', 'https://www.example.com'],
    [{ type: 'EMAIL' }, 'a@b.example', 'a@b.example'],
  ])('%j %j -> %j', (input, given, value) => {
    expect(resolve([input], { x: given })).toEqual({ values: { x: value }, enabled: ['x'], problems: [] })
  })
})

describe('a value that is refused', () => {
  it.each<[input: JsonObject, given: Json]>([
    [{ type: 'STRING', validator: 'A\\d+' }, 'xA12'],
    [{ type: 'INT' }, '4.2'],
    [{ type: 'INT' }, 'many'],
    [{ type: 'INT', min: 10, max: 20 }, 9],
    [{ type: 'FLOAT', max: 0.5 }, '0.6'],
    [{ type: 'SELECT', values: ['a'] }, 'b'],
    [{ type: 'ENUM', values: ['a'] }, 'b'],
    [{ type: 'MULTISELECT', values: ['a'] }, '["b"]'],
    [{ type: 'ARRAY', itemType: 'INT' }, '["x"]'],
    [{ type: 'ARRAY', itemType: 'INT' }, '1,2'],
    [{ type: 'DATETIME' }, '2019-10-06'],
    [{ type: 'DATETIME', after: '2023-01-01T00:00:00Z' }, '2022-01-01T00:00:00Z'],
    [{ type: 'DATE' }, '2019-02-30'],
    [{ type: 'DATE', before: '2023-12-31' }, '2024-01-01'],
    [{ type: 'TIME', after: '01:00:00' }, '00:30:00'],
    [{ type: 'DURATION' }, 'soon'],
    [{ type: 'DURATION', min: 'PT10S', max: 'PT20S' }, 'PT21S'],
    [{ type: 'FILE' }, 'https://example.com/x'],
    [{ type: 'FILE', allowedFileExtensions: ['.csv'] }, 'kestra:///x.txt'],
    [{ type: 'JSON' }, '{'],
    [{ type: 'YAML' }, 'a: [1'],
    [{ type: 'URI' }, 'example'],
    [{ type: 'EMAIL' }, 'nobody'],
  ])('%j %j', (input, given) => {
    expect(resolve([input], { x: given }).problems.map(({ input: id }) => id)).toEqual(['x'])
  })
})

describe('resolution', () => {
  it('nests ids by their dots, given nested or flat', () => {
    const inputs: JsonObject[] = [
      { id: 'a.b', type: 'INT' },
      { id: 'a.c.d', type: 'STRING' },
    ]
    const values = { a: { b: 1, c: { d: 'x' } } }
    expect(resolve(inputs, { 'a.b': 1, 'a.c.d': 'x' }).values).toEqual(values)
    expect(resolve(inputs, values).values).toEqual(values)
  })

  it('fills in null, defaults, and says what is missing', () => {
    const inputs: JsonObject[] = [
      { id: 'a', type: 'STRING', required: false },
      { id: 'b', type: 'INT', defaults: 3 },
      { id: 'c', type: 'STRING' },
      { id: 'd', type: 'SELECT', values: ['x', 'y'], autoSelectFirst: true },
    ]
    const { values, problems } = resolve(inputs, { unknown: 1 })
    expect(values).toEqual({ a: null, b: 3, c: null, d: 'x' })
    expect(problems).toEqual([{ input: 'c', message: 'Missing required input:c' }])
  })

  it('leaves out what is missing where nobody was asked', () => {
    const inputs: JsonObject[] = [
      { id: 'a', type: 'STRING', required: false },
      { id: 'b.c', type: 'STRING' },
      { id: 'd', type: 'INT' },
    ]
    const { values, problems } = resolve(inputs, { d: 'x' }, true)
    expect(values).toEqual({ a: null, d: null })
    expect(problems.map(({ input }) => input)).toEqual(['d'])
  })

  it('reads other inputs in defaults and choices, in any order', () => {
    const inputs: JsonObject[] = [
      { id: 'b', type: 'STRING', defaults: '{{ inputs.a }}', dependsOn: { inputs: ['a'] } },
      { id: 'a', type: 'STRING' },
      { id: 'c', type: 'SELECT', expression: '{{ inputs.list }}', dependsOn: { inputs: ['list'] } },
      { id: 'list', type: 'ARRAY', itemType: 'STRING', defaults: ['p', 'q'] },
    ]
    expect(resolve(inputs, { a: 'hi', c: 'q' }).values).toMatchObject({ a: 'hi', b: 'hi', c: 'q' })
    expect(resolve(inputs, { a: 'hi', c: 'z' }).problems).toHaveLength(1)
  })

  it('leaves out what depends on something that is not met', () => {
    const inputs: JsonObject[] = [
      { id: 'on', type: 'BOOL', defaults: false },
      { id: 'x', type: 'STRING', dependsOn: { inputs: ['on'], condition: '{{ inputs.on }}' } },
      { id: 'y', type: 'STRING', dependsOn: { inputs: ['x'] } },
    ]
    expect(resolve(inputs, {})).toEqual({ values: { on: false }, enabled: ['on'], problems: [] })
    expect(resolve(inputs, { on: true, x: '1', y: '2' }).enabled).toEqual(['on', 'x', 'y'])
  })

  it('sets own properties only', () => {
    const { values } = resolve([{ id: 'constructor.prototype.x', type: 'STRING' }], { 'constructor.prototype.x': '1' })
    expect(Object.hasOwn(values, 'constructor')).toBe(true)
    expect(({} as { x?: string }).x).toBeUndefined()
  })
})

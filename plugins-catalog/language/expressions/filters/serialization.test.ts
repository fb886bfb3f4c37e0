import { describe } from 'vitest'
import { errorsTable, valuesTable } from '../testing'

const scope = { value: { a: [1, 'x', null, true], b: { c: 1.5 } }, text: 'it"s' }

describe('writing and reading values', () => {
  valuesTable(
    [
      ['value | toJson', '{"a":[1,"x",null,true],"b":{"c":1.5}}'],
      ['value | json', '{"a":[1,"x",null,true],"b":{"c":1.5}}'],
      ['text | toJson', '"it\\"s"'],
      ['[1] | jsonEncode', '[1]'],
      [`json('{"a": 1}').a`, 1],
      [`jsonDecode('[1]')`, [1]],
      ['null | toJson', 'null'],
      ['value | yaml', 'a:\n - 1\n - x\n - null\n - true\nb:\n  c: 1.5\n'],
      [
        '[{"a": "1\n2", "b": [[3], {}]}, "x\ny"] | yaml',
        ' -\n  a: |-\n    1\n    2\n  b:\n   -\n     - 3\n   - {}\n - |-\n  x\n  y\n',
      ],
      ['yaml([[], {"k: z": [{"a": [1]}, "- "]}, ["b\nc"]] | yaml)', [[], { 'k: z': [{ a: [1] }, '- '] }, ['b\nc']]],
      ['value | toIon', '{a:[1,"x",null,true],b:{c:1.5e0}}'],
      ['fromJson(value | toJson) == value', true],
      ['yaml(value | yaml) == value', true],
      ['fromIon(value | toIon) == value', true],
      ['fromJson(null)', null],
      ['json(value).b', { c: 1.5 }],
      ['fromJson([1])[0]', 1],
      ["fromIon('{a: 1} {a: 2}')", { a: 1 }],
      ["fromIon('{a: 1} {a: sym}', allRows=true)", [{ a: 1 }, { a: 'sym' }]],
      ["fromIon('[82.3, 88.1, 5d-7, -12d3, 91.0]')", [82.3, 88.1, 5e-7, -12_000, 91]],
      ["fromIon('2024-01-02T03:04:05Z')", '2024-01-02T03:04:05Z'],
    ],
    scope,
  )
  errorsTable([
    ["fromJson('{')", 'Invalid json'],
    ["yaml('a: [')", 'Invalid yaml'],
    ["fromIon('{a:')", 'Invalid ion'],
    ['fromJson(\'{"__proto__": 1}\')', '`__proto__` is not allowed as a key'],
    ['yaml([1])', 'The argument `yaml` must be a text, not list'],
  ])
})

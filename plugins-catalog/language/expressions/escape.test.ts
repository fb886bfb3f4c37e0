import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json } from '../json'
import {
  checkSyntax,
  ExpressionError,
  LimitExceeded,
  references,
  renderDeep,
  renderString,
  renderTyped,
  type Scope,
} from './index'
import { env, errorOf } from './testing'

const words = [
  'constructor',
  '__proto__',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  '__defineGetter__',
  'call',
]

describe('nothing but own data is reached', () => {
  const scope: Scope = { text: 'a', number: 1, list: [1], map: { a: 1 }, flag: true }

  test.each(words)('%s is no variable, attribute, function, filter or test', word => {
    for (const root of ['', 'text.', 'number.', 'list.', 'map.', 'flag.', '[].', '{}.', 'loop.']) {
      const error = errorOf(`{{ ${root}${word} }}`, scope)
      expect(error, root).toBeInstanceOf(ExpressionError)
      expect(error?.message, root).toContain('Unable to find')
    }
    expect(errorOf(`{{ map["${word}"] }}`, scope)?.message).toContain('Unable to find')
    expect(errorOf(`{{ map["${word.slice(0, 4)}" ~ "${word.slice(4)}"] }}`, scope)?.message).toContain('Unable to find')
    expect(errorOf(`{{ ${word}("x") }}`, scope)?.message).toContain('does not exist')
    expect(errorOf(`{{ 1 | ${word} }}`, scope)?.message).toContain('does not exist')
    expect(errorOf(`{{ 1 is ${word} }}`, scope)?.message).toContain('does not exist')
    expect(renderTyped(`{{ map contains "${word}" }}`, scope, env)).toBe(false)
    expect(renderTyped(`{{ ${word} ?? text.${word} ?? "nothing" }}`, scope, env)).toBe('nothing')
  })

  test.each([
    '{{ map.constructor.constructor("return process")() }}',
    '{{ text.at(0) }}',
    '{{ (1).toFixed(9) }}',
    '{{ list.map(x) }}',
    '{{ [...list] }}',
    '{{ {...map} }}',
    '{{ `${process}` }}',
    '{{ list[0]() }}',
    '{{ (() => 1)() }}',
    '{{ new Date() }}',
    '{{ a = 1 }}',
    '{{ map.a++ }}',
    '{% include "/etc/passwd" %}',
    '{% import "x" as y %}',
    '{% extends "x" %}',
    '{% from "x" import y %}',
  ])('%s is no template', template => {
    expect(checkSyntax(template)[0]?.code).toBe('EXPRESSION_SYNTAX')
    expect(errorOf(template, scope)).toBeInstanceOf(ExpressionError)
  })

  test('getters and functions in the variables do not exist', () => {
    let ran = 0
    const hostile: object = {
      get getter() {
        ran += 1
        return 1
      },
      run: () => (ran += 1),
    }
    Object.defineProperty(hostile, 'hidden', { value: 1, enumerable: false })
    const scope = { hostile, ...{ direct: () => (ran += 1) } } as unknown as Scope
    for (const path of ['hostile.getter', 'hostile.run', 'hostile.hidden', 'direct']) {
      expect(errorOf(`{{ ${path} }}`, scope)?.message).toContain('Unable to find')
    }
    renderTyped('{{ hostile | keys | length }}{% for e in hostile %}{{ e.value }}{% endfor %}', scope, env)
    expect(ran).toBe(0)
  })

  test('inherited variables do not exist', () => {
    const inherited = Object.create({ secret: 1, nested: { a: 1 } }) as Scope
    expect(errorOf('{{ secret }}', inherited)?.message).toContain('Unable to find')
    expect(renderTyped('{{ fetchContext() }}', inherited, env)).toEqual({})
  })

  test.each([
    "{{ {'__proto__': {'polluted': 1}} }}",
    "{{ {'a': 1} | merge({'__pro' ~ 'to__': {'polluted': 1}}) }}",
    '{{ fromJson(\'{"__proto__": {"polluted": 1}}\') }}',
    "{{ yaml('__proto__: {polluted: 1}') }}",
    "{{ fromIon('{__proto__: {polluted: 1}}') }}",
    '{% set __proto__ = {"polluted": 1} %}{{ fetchContext() }}',
    '{{ now(__proto__=1) }}',
  ])('%s pollutes nothing', template => {
    expect(errorOf(template)).toBeInstanceOf(ExpressionError)
    expect('polluted' in {}).toBe(false)
  })

  test('the variables are not changed', () => {
    const scope = { list: [3, 1], map: { a: { b: 1 } } }
    const before = structuredClone(scope)
    const template =
      '{% set list = list + [2] %}{% set x = list | sort | reverse %}{{ map | merge({"a": 2}) | length }}' +
      '{% for e in map %}{% set map = 1 %}{% endfor %}{{ x | merge(list) | distinct }}'
    renderString(template, scope, env)
    expect(scope).toEqual(before)
  })
})

describe('a template that runs away stops at a limit', { timeout: 30_000 }, () => {
  const big = 'x'.repeat(100_000)
  const list = Array.from({ length: 10_000 }, (_, index) => index)
  const rows: [string, string][] = [
    ['{{ 1..2000000000 }}', 'a list of more than'],
    ['{{ range(0, 2000000000, 3) }}', 'a list of more than'],
    ['{{ range(0, -2000000000, -1) }}', 'a list of more than'],
    ['{% for i in 1..9999 %}{% for j in 1..9999 %}{% for k in 1..9999 %}{% endfor %}{% endfor %}{% endfor %}', 'steps'],
    ['{% for i in 1..9999 %}{% for j in 1..9999 %}x{% endfor %}{% endfor %}', 'steps'],
    ['{% set s = "x" %}{% for i in 1..99 %}{% set s = s ~ s %}{% endfor %}', 'a text of more than'],
    ['{% set s = [1] %}{% for i in 1..99 %}{% set s = s + s %}{% endfor %}', 'a list of more than'],
    ['{% set s = [1] %}{% for i in 1..99 %}{% set s = [s, s] %}{% endfor %}{{ s }}', 'steps'],
    ['{% set s = [1] %}{% for i in 1..99 %}{% set s = [s, s] %}{% endfor %}{{ s | yaml }}', 'steps'],
    ['{% set s = [1] %}{% for i in 1..99 %}{% set s = [s, s] %}{% endfor %}{{ s | jq(".") }}', 'steps'],
    [
      '{% set s = [1] %}{% set t = [1] %}{% for i in 1..99 %}{% set s = [s, s] %}{% set t = [t, t] %}{% endfor %}{{ s == t }}',
      'steps',
    ],
    ['{% set s = [1] %}{% for i in 1..9999 %}{% set s = [s] %}{% endfor %}{{ "a" ~ s }}', 'levels deep'],
    ['{% for i in 1..9999 %}{{ big }}{% endfor %}', 'more than'],
    ['{{ "x" | indent(999999999, "y") }}', 'more than'],
    ['{{ big | replace({"x": big}) }}', 'a text of more than'],
    ["{{ big | replace({'x': '$0$0$0$0$0$0$0$0$0'}, regexp=true) | replace({'x': big}) }}", 'more than'],
    ['{% for i in list %}{{ list == list + [] }}{% endfor %}', 'steps'],
    ['{% for i in list %}{{ list contains "no" }}{% endfor %}', 'steps'],
    ['{% for i in list %}{{ list | sort | length }}{% endfor %}', 'steps'],
    ['{% for i in list %}{{ big | md5 }}{% endfor %}', 'steps'],
    ["{% for i in list %}{{ big | regexMatch('(x+x+)+y') }}{% endfor %}", 'steps'],
    ['{% for i in 1..199999 %}{{ i | date }}{% endfor %}', 'steps'],
    ['{% for i in 1..199999 %}{{ render("{{ " ~ i ~ " }}") }}{{ m ?? uuid() }}{% endfor %}', 'steps'],
    ['{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}', 'levels deep'],
    ['{{ render(loop_text) }}', 'levels deep'],
    ['{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() ?? 1 }}', 'levels deep'],
    [`{{ ${'1 + '.repeat(5_000)}1 }}`, 'levels deep'],
    [`{{ a${'.a'.repeat(5_000)} }}`, 'levels deep'],
  ]
  test.each(rows.map(([template, message]) => [template.slice(0, 60), template, message] as const))(
    '%s',
    (_name, template, message) => {
      const error = errorOf(template, { big, list, loop_text: '{{ render(loop_text) }}' })
      expect(error).toBeInstanceOf(LimitExceeded)
      expect(error?.message).toContain(message)
    },
  )

  const nestings: [string, string][] = [
    ['brackets', `{{ ${'('.repeat(15_000)}1${')'.repeat(15_000)} }}`],
    ['lists', `{{ ${'['.repeat(15_000)} }}`],
    ['not', `{{ ${'not '.repeat(15_000)}1 }}`],
    ['minus', `{{ ${'-'.repeat(15_000)}1 }}`],
    ['ternaries', `{{ ${'a ? '.repeat(15_000)} }}`],
    ['interpolations', `{{ ${'"#{'.repeat(15_000)} }}`],
    ['calls', `{{ ${'f('.repeat(15_000)} }}`],
    ['if', '{% if a %}'.repeat(15_000)],
    ['for', '{% for i in a %}'.repeat(15_000)],
    ['block', '{% block b %}'.repeat(15_000)],
  ]
  test.each(nestings)('deep nesting of %s is refused', (_name, template) => {
    expect(errorOf(template)).toBeInstanceOf(ExpressionError)
    expect(checkSyntax(template)[0]?.code).toBe('EXPRESSION_SYNTAX')
    expect(references(template).variables).toEqual([])
  })

  test.each(['(a+)+$', '(a|a)*b', '(a|aa)+$', '(.*a){20}', '([a-z]+)*!'])(
    'the pattern %s is matched in linear time',
    pattern => {
      expect(
        renderTyped('{{ text | regexMatch(pattern) }}', { text: `${'a'.repeat(5_000)}?`, pattern }, env),
      ).toBeTypeOf('boolean')
    },
  )

  test('a long chain of text is no nesting', () => {
    expect(renderString(`{{ ${'"a" ~ '.repeat(200)}"b" }}`, {}, env)).toHaveLength(201)
    expect(renderString('{{ 1 }}'.repeat(2_000), {}, env)).toHaveLength(2_000)
  })

  test('a YAML text with multiplying aliases is refused', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'.replaceAll(/./g, letter => {
      const before = String.fromCharCode(letter.charCodeAt(0) - 1)
      return `${letter}: &${letter} [${Array(9).fill(`*${before}`).join(',')}]\n`
    })}`
    expect(errorOf('{{ yaml(bomb) }}', { bomb })?.message).toContain('Invalid yaml')
  })
})

describe('whatever the text', { timeout: 30_000 }, () => {
  const fragments = fc.constantFrom(
    ...[
      '{{',
      '}}',
      '{%',
      '%}',
      '{#',
      '#}',
      '-',
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '\\',
      '#{',
      '.',
      '..',
      ',',
      ':',
      '?',
      '??',
      '???',
    ],
    ...[
      '|',
      '=',
      '==',
      '<',
      '~',
      '+',
      '*',
      '/',
      '%',
      ' ',
      '\n',
      'and',
      'or',
      'not',
      'is',
      'isIn',
      'contains',
      'defined',
      'null',
      'true',
    ],
    ...[
      'if',
      'else',
      'endif',
      'for',
      'i',
      'in',
      'endfor',
      'set',
      'macro',
      'endmacro',
      'filter',
      'endfilter',
      'raw',
      'endraw',
      'block',
    ],
    ...[
      '0',
      '1',
      '99999999999',
      '2.5',
      'a',
      'b',
      'map',
      'list',
      'text',
      'upper',
      'date',
      'length',
      'range',
      'render',
      'replace',
      'merge',
    ],
    ...['default', 'join', 'slice', 'chunk', 'number', 'sort', 'fromJson', 'toJson', 'yaml', 'now', 'uuid', ...words],
  )
  const scope: Scope = { a: null, b: 1.5, map: { a: { b: [1] } }, list: [1, 'x', null], text: 'ab' }

  function onlyExpectedErrors(template: string): void {
    for (const render of [renderString, renderTyped]) {
      try {
        const value: Json = render(template, scope, env)
        // `expect` itself would take most of the time.
        if (/native code|\[object/.test(JSON.stringify(value))) throw new Error(`A host object came out of ${template}`)
      } catch (error) {
        if (!(error instanceof ExpressionError)) throw error
      }
    }
    checkSyntax(template)
    references(template)
  }

  test('only an ExpressionError comes out: fragments', () => {
    fc.assert(
      fc.property(fc.array(fragments, { maxLength: 30 }), parts => onlyExpectedErrors(parts.join(''))),
      { numRuns: 1_500, seed: 1 },
    )
  })

  test('only an ExpressionError comes out: one expression', () => {
    fc.assert(
      fc.property(fc.array(fragments, { maxLength: 12 }), parts => onlyExpectedErrors(`{{ ${parts.join(' ')} }}`)),
      { numRuns: 1_500, seed: 2 },
    )
  })

  test('only an ExpressionError comes out: any text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60, unit: 'binary-ascii' }), text => onlyExpectedErrors(`{{ text }}{${text}`)),
      { numRuns: 700, seed: 3 },
    )
  })

  test('any value printed typed is the value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        const data = JSON.parse(JSON.stringify(value)) as Json
        expect(renderTyped('{{ data }}', { data }, env)).toEqual(data)
        expect(renderDeep({ data: '{{ data }}' }, { data }, env, { typed: true })).toEqual({ data })
      }),
      { numRuns: 300, seed: 4 },
    )
  })
})

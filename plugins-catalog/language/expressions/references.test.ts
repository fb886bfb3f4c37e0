import { describe, expect, test } from 'vitest'
import { references } from './index'

const paths = (template: string) =>
  references(template).variables.map(({ path, optional }) => path.join('.') + (optional ? '?' : ''))

describe('variables', () => {
  const rows: [string, string[]][] = [
    ['plain', []],
    ['{{ a }}', ['a']],
    ['{{ outputs.extract.uri }}', ['outputs.extract.uri']],
    ["{{ outputs['my-task'][0].x }}", ['outputs.my-task.0.x']],
    ['{{ outputs.each[taskrun.value].x }}', ['taskrun.value', 'outputs.each']],
    ['{{ a + b * c ~ "x" }}', ['a', 'b', 'c']],
    ['{{ f(a, k=b) | g(c) is empty(d) }}', ['a', 'b', 'c', 'd']],
    ['{{ {"k": a, b: [c]} }}', ['a', 'b', 'c']],
    ['{{ a ? b : c }}', ['a', 'b', 'c']],
    ['{{ "#{a.b}" }}', ['a.b']],
    ['{{ f(a).b }}', ['a']],
    ['{{ env(a) }}', ['a', 'envs?']],
    ['{{ tasksWithState("FAILED") }}', ['tasks?']],
    ['{{ a.b ?? c }}', ['a.b?', 'c']],
    ['{{ a ??? b ?? c }}', ['a?', 'b?', 'c']],
    ['{{ a | default(b) }}', ['a?', 'b']],
    ['{{ a.b is defined }}', ['a.b?']],
    ['{{ a.b is defined ? a.b.c : a.d }}', ['a.b?', 'a.b.c?', 'a.d']],
    ['{% if x is defined %}{{ x.y }}{% endif %}', ['x?', 'x.y?']],
    ['{{ a is empty }}', ['a']],
    ['{% for i in list %}{{ i.x }}{{ loop.index }}{{ y }}{% endfor %}{{ i }}', ['list', 'y', 'i']],
    ['{% set x = a %}{{ x }}', ['a']],
    ['{{ x }}{% set x = 1 %}{{ x }}', ['x']],
    ['{% if c %}{% set x = 1 %}{% endif %}{{ x }}', ['c']],
    ['{% macro m(p, q=d) %}{{ p }}{{ g }}{% endmacro %}{{ m(a) }}', ['d', 'g', 'a']],
    ['{% filter upper | replace(a) %}{{ b }}{% endfilter %}', ['a', 'b']],
    ['{% raw %}{{ a }}{% endraw %}{# {{ b }} #}', []],
    ['{{ broken', []],
  ]
  test.each(rows)('%s reads %j', (template, expected) => {
    expect(paths(template)).toEqual(expected)
  })

  test('line and column are those of the name', () => {
    expect(references('a\n  {{ 1 + inputs.x }}').variables).toEqual([{ path: ['inputs', 'x'], line: 2, column: 10 }])
  })
})

test('calls are listed once, macros are not functions', () => {
  const { functions, filters } = references(
    '{% macro m() %}{% endmacro %}{{ m() ~ now() ~ now() | upper | upper }}{{ block("b") }}',
  )
  expect(functions).toEqual(['now'])
  expect(filters).toEqual(['upper'])
})

test.each([
  ['{{ now() }}', false],
  ['{{ uuid() }}', false],
  ['{{ secret("A") }}', true],
  ["{{ a | jq('.') }}", true],
  ['{{ x ? read(a) : 1 }}', true],
  ['{% for i in kv("k") %}{% endfor %}', true],
  ['{% filter jq(".") %}{}{% endfilter %}', true],
  ['{{ render(vars.x) }}', true],
  ['{{ a | upper }}', false],
])('%s impure: %j', (template, impure) => {
  expect(references(template).impure).toBe(impure)
})

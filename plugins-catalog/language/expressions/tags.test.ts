import { describe, expect, test } from 'vitest'
import { errorOf, printsTable } from './testing'

const scope = { list: ['a', 'b'], map: { x: 1, y: 2 }, yes: true, none: null, nothing: [] }

describe('text', () => {
  printsTable(
    [
      ['no braces', 'no braces'],
      ['a { b } c', 'a { b } c'],
      ['', ''],
      ['{{ yes }}', 'true'],
      ['a{{ none }}b', 'ab'],
      ['{{ none }}', null],
      ['{{ none }}{{ none }}', null],
      ['{{ "" }}', ''],
      ['{{ map }} {{ list }}', '{"x":1,"y":2} ["a","b"]'],
      ['{# a {{ comment }} #}x', 'x'],
      ['a {#- c -#} b', 'ab'],
      ['a {{- 1 -}} b', 'a1b'],
      ['a\n{%- if yes -%}\n b \n{%- endif -%}\n c', 'abc'],
      ['{{ "}}" }}', '}}'],
      ['{{ {"a": {"b": 1}} }}', '{"a":{"b":1}}'],
      ['${VAR} #} %} }}', '${VAR} #} %} }}'],
    ],
    scope,
  )
})

describe('if', () => {
  printsTable(
    [
      ['{% if yes %}a{% else %}b{% endif %}', 'a'],
      ['{% if not yes %}a{% elseif 1 > 2 %}b{% elseif 2 > 1 %}c{% else %}d{% endif %}', 'c'],
      ['{% if "" %}a{% else %}b{% endif %}', 'b'],
      ['{% if 0 %}a{% endif %}', null],
      ['{% if yes %}{% set a = 1 %}{% endif %}{{ a }}', '1'],
    ],
    scope,
  )
})

describe('for', () => {
  printsTable(
    [
      ['{% for i in list %}{{ loop.index }}{{ i }}{% if not loop.last %},{% endif %}{% endfor %}', '0a,1b'],
      ['{% for i in list %}{{ loop.first }}/{{ loop.length }}/{{ loop.revindex }} {% endfor %}', 'true/2/1 false/2/0 '],
      ['{% for e in map %}{{ e.key }}={{ e.value }};{% endfor %}', 'x=1;y=2;'],
      ['{% for i in nothing %}x{% else %}none{% endfor %}', 'none'],
      ['{% for i in none %}x{% else %}none{% endfor %}', null],
      ['{% for i in 1..3 %}{% for j in 1..i %}{{ j }}{% endfor %};{% endfor %}', '1;12;123;'],
      ['{% set n = 0 %}{% for i in 1..3 %}{% set n = n + i %}{% endfor %}{{ n }}', '6'],
      ['{% set i = "o" %}{% for i in list %}{{ i }}{% endfor %}{{ i }}', 'abo'],
    ],
    scope,
  )

  test('a name bound in a loop is gone after it', () => {
    expect(errorOf('{% for i in list %}{% endfor %}{{ i }}', scope)?.message).toContain('Unable to find `i`')
  })
})

describe('set, block, filter, macro, raw', () => {
  printsTable(
    [
      ['{% set a = 1 %}{% set a = a + 1 %}{{ a }}', '2'],
      ['{% set yes = "local" %}{{ yes }}', 'local'],
      ['{% block b %}x{% endblock %}{{ block("b") }}', 'xx'],
      ['{% block b %}x{% endblock b %}', 'x'],
      ['{% filter upper %}a{{ list[0] }}{% endfilter %}', 'AA'],
      ['{% filter upper | replace({"B": "c"}) %}ab{% endfilter %}', 'Ac'],
      [
        '{% macro m(a, b="d") %}{{ a }}-{{ b }}{% endmacro %}{{ m("x") }} {{ m("x", "y") }} {{ m(b="z", a=1) }}',
        'x-d x-y 1-z',
      ],
      ['{{ twice(2) }}{% macro twice(n) %}{{ n * 2 }}{% endmacro %}', '4'],
      ['{% raw %}{{ a }} {% if %}{% endraw %}', '{{ a }} {% if %}'],
      ['{% verbatim %}{{ a }}{% endverbatim %}', '{{ a }}'],
      ['{%- raw -%} {{ a }} {%- endraw -%} b', '{{ a }}b'],
    ],
    scope,
  )

  test('a macro does not see the variables', () => {
    expect(errorOf('{% macro m() %}{{ list }}{% endmacro %}{{ m() }}', scope)?.message).toContain(
      'Unable to find `list`',
    )
  })
})

describe('syntax errors name the place', () => {
  const rows: [string, string][] = [
    ['{{ a', 'Not closed by `}}`'],
    ['{{ }}', 'Expected a value, got `}}`'],
    ['{{ a b }}', 'Expected a close, got `b`'],
    ['{{ [1, 2 }}', 'Unexpected `}`'],
    ['{{ "a }}', 'The string is not closed'],
    ['{{ a ? b }}', 'Expected `:`'],
    ['{{ a.b() }}', '`b()` is a method of the value'],
    ['{{ f(a=1, 2) }}', 'Positional arguments come before named ones'],
    ['{{ a @ b }}', 'Unexpected `@`'],
    ['{# a', 'The comment opened by `{#` is not closed'],
    ['{% if a %}b', 'Expected `{% endif %}`'],
    ['{% include "x" %}', 'Unknown tag `include`'],
    ['{% endif %}', 'Unknown tag `endif`'],
    ['{% raw %}x', '`{% raw %}` is not closed'],
    ['{% for in list %}', 'Expected `in`'],
  ]
  test.each(rows)('%s: %s', (template, message) => {
    expect(errorOf(template)?.message).toContain(message)
  })

  test('the line is counted in the template', () => {
    expect(errorOf('a\nb {{ missing }}')?.message).toBe(
      'Unable to find `missing` used in the expression `a\nb {{ missing }}` at line 2',
    )
  })
})

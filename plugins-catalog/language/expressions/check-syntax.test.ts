import { expect, test } from 'vitest'
import { checkSyntax } from './index'

test.each([
  'plain',
  '{{ a | upper | date("yyyy") }}',
  '{% for i in range(1, 2) %}{{ i }}{% endfor %}',
  '{{ a is not empty }}',
])('%s is fine', template => {
  expect(checkSyntax(template)).toEqual([])
})

test('unknown names are reported all at once, with the nearest known one', () => {
  expect(checkSyntax('{{ a | uper }}\n{{ sekret("x") ~ zzzzzz() }}{{ a is emtpy }}')).toEqual([
    { code: 'UNKNOWN_FILTER', message: 'Unknown filter `uper`', nearest: 'upper', offset: 7, line: 1, column: 8 },
    {
      code: 'UNKNOWN_FUNCTION',
      message: 'Unknown function `sekret`',
      nearest: 'secret',
      offset: 18,
      line: 2,
      column: 4,
    },
    { code: 'UNKNOWN_FUNCTION', message: 'Unknown function `zzzzzz`', offset: 32, line: 2, column: 18 },
    { code: 'EXPRESSION_SYNTAX', message: 'Unknown test `emtpy`', nearest: 'empty', offset: 51, line: 2, column: 37 },
  ])
})

test('a syntax error has its place', () => {
  expect(checkSyntax('ab\n{{ a + }}')).toEqual([
    { code: 'EXPRESSION_SYNTAX', message: 'Expected a value, got `}}`', offset: 10, line: 2, column: 8 },
  ])
})

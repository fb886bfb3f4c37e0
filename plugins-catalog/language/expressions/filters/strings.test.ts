import { describe } from 'vitest'
import { errorsTable, valuesTable } from '../testing'

describe('filters on text', () => {
  valuesTable([
    ['"abcdefghij" | abbreviate(length=7)', 'abcd...'],
    ['"abc" | abbreviate(3)', 'abc'],
    ['"abcd" | abbreviate(2)', 'ab'],
    ['"abc" | abbreviate(9)', 'abc'],
    ['"  hello World" | capitalize', '  Hello World'],
    ['"hello big\tworld" | title', 'Hello Big\tWorld'],
    ['"ÀB" | lower', 'àb'],
    ['12 | upper', '12'],
    ['"  a b " | trim', 'a b'],
    ['null | upper', null],
    ['"abc" | startsWith("b")', false],
    ['"abc" | startsWith(value="ab")', true],
    ['"abc" | endsWith("bc")', true],
    ['"a.b.c" | substringBefore("x")', 'a.b.c'],
    ['"a.b.c" | substringBeforeLast("x")', 'a.b.c'],
    ['"a.b.c" | substringAfter("x")', ''],
    ['"a.b.c" | substringAfterLast("x")', ''],
    ['"a.b.c" | substringAfter(separator=".")', 'b.c'],
    ['"Ünï_code  and--more!" | slugify', 'uni-code-and-more'],
    ['"é &=/?" | urlencode', '%C3%A9+%26%3D%2F%3F'],
    ['"%C3%A9+%26" | urldecode', 'é &'],
    ['"a\nb\nc" | indent(2)', 'a\n  b\n  c'],
    ['"a\nb" | indent(2, prefix="-")', 'a\n--b'],
    ['"a\r\nb" | indent(1)', 'a\r\n b'],
    ['"" | indent(2)', ''],
    ['"a\nb" | nindent(amount=2)', '\n  a\n  b'],
    ["\"it's\" | escapeChar('single')", "it\\'s"],
    ['\'say "x"\' | escapeChar("DOUBLE")', 'say \\"x\\"'],
    ["{'a': [\"it's\", 1]} | escapeChar('shell')", { a: ["it'\\''s", '1'] }],
    ['"a\nb" | nl2br', 'a<br />b'],
  ])
  errorsTable([
    ['[1] | upper', '`upper` takes a text, not list'],
    ['"a" | abbreviate(-1)', 'must be greater than zero'],
    ['"a" | indent(-1)', 'positive integer'],
    ['"a" | indent("x")', 'The argument `amount` must be a whole number'],
    ['"a" | indent', '`indent` needs the argument `amount`'],
    ['"a" | indent(1, 2, 3)', '`indent` takes 2 arguments, got 3'],
    ['"a" | indent(size=1)', '`indent` has no argument named `size`; it takes `amount`, `prefix`'],
    ['"a" | escapeChar("x")', "either 'single', 'double', or 'shell'"],
    ['"%zz" | urldecode', '`urldecode` takes a text with whole `%xx` pairs'],
    ['"a" | unknown', 'Filter [unknown] does not exist'],
  ])
})

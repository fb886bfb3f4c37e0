import { describe } from 'vitest'
import { errorsTable, printsTable, valuesTable } from './testing'

const scope = {
  n: 5,
  half: 2.5,
  text: 'abc',
  none: null,
  nil: null,
  list: [1, 2, 'x'],
  map: { a: 1, 'b-c': { d: [10, 20] }, nothing: null },
  empty: {},
  yes: true,
}

describe('arithmetic', () => {
  valuesTable(
    [
      ['1 + 2 * 3', 7],
      ['(1 + 2) * 3', 9],
      ['10 - 2 - 3', 5],
      ['7 / 2', 3],
      ['-7 / 2', -3],
      ['7 / 2.0', 3.5],
      ['n * 1.0 / 2', 2.5],
      ['half * 2', 5],
      ['7 % 3', 1],
      ['-n', -5],
      ['+n', 5],
      ['5L + 1', 6],
      ['1 / 0.0 > 5', true],
      ['"a" + 1', 'a1'],
      ['1 + "1"', '11'],
      ['"a" + none', 'anull'],
      ['"x" + map', 'x{a=1, b-c={d=[10, 20]}, nothing=null}'],
      ['list + 3', [1, 2, 'x', 3]],
      ['list + [3, 4]', [1, 2, 'x', 3, 4]],
      ['list - 1', [2, 'x']],
      ['list - ["x", 1]', [2]],
      ['"a" ~ 1 ~ none ~ [1, 2]', 'a1[1, 2]'],
      ['1 ~ 2 + 1', '121'],
    ],
    scope,
  )
  printsTable([
    ['{{ 4 / 2.0 }}', '2.0'],
    ['{{ 4.0 }}', '4.0'],
    ['{{ 4 / 2 }}', '2'],
    ['{{ 0.1 + 0.2 }}', '0.30000000000000004'],
    ['{{ ("4" | number("FLOAT")) * 1 }}', '4.0'],
    ['{{ 123456789012 * 10 }}', '1234567890120'],
  ])
  errorsTable(
    [
      ['1 / 0', 'Could not perform division ({{ 1 / 0 }}:1)'],
      ['1 % 0', 'Could not perform modulus'],
      ['1 + yes', 'Could not perform addition'],
      ['none + 1', 'Could not perform addition'],
      ['text - 1', 'Could not perform subtraction'],
      ['text * 2', 'Could not perform multiplication'],
      ['-text', 'needs a number'],
    ],
    scope,
  )
})

describe('comparison', () => {
  valuesTable(
    [
      ['1 == 1.0', true],
      ['1 == "1"', false],
      ['1 equals 1', true],
      ['text == "abc"', true],
      ['text != "abc"', false],
      ['none == null', true],
      ['[1, {"a": 2}] == [1, {"a": 2}]', true],
      ['{"a": 1} == {"a": 2}', false],
      ['{"a": 1} == {"b": 1}', false],
      ['yes == true', true],
      ['n > 4', true],
      ['n >= 5', true],
      ['n < 5', false],
      ['n <= 5', true],
      ['none > 1', false],
      ['"b" > "a"', true],
      ['"2024-01-02" < "2024-01-10"', true],
    ],
    scope,
  )
  errorsTable(
    [
      ['text > 1', 'Could not perform greater than comparison'],
      ['yes < 2', 'Could not perform less than comparison'],
    ],
    scope,
  )
})

describe('logic', () => {
  valuesTable(
    [
      ['true and false', false],
      ['true or false', true],
      ['false and missing', false],
      ['true or missing', true],
      ['not false', true],
      ['not false and true', true],
      ['not (true and false)', true],
      ['n > 1 and text == "abc" or false', true],
      ['yes ? "a" : "b"', 'a'],
      ['none ? "a" : "b"', 'b'],
      ['n > 9 ? 1 : n > 4 ? 2 : 3', 2],
      ['0 ? 1 : 2', 2],
      ['"" ? 1 : 2', 2],
    ],
    scope,
  )
  errorsTable(
    [
      ['list and true', 'not list'],
      ['none or true', 'not null'],
    ],
    scope,
  )
})

describe('membership and ranges', () => {
  valuesTable(
    [
      ['list contains 1', true],
      ['list contains [1, "x"]', true],
      ['list contains [1, 9]', false],
      ['map contains "a"', true],
      ['map contains "z"', false],
      ['text contains "b"', true],
      ['none contains 1', false],
      ['1 isIn list', true],
      ['"1" isIn list', true],
      ['9 isIn list', false],
      ['"a" isIn map', true],
      ['1 isIn map', true],
      ['none isIn list', false],
      ['not (9 isIn list)', true],
      ['1..4', [1, 2, 3, 4]],
      ['"a".."d"', ['a', 'b', 'c', 'd']],
      ['4..1', []],
    ],
    scope,
  )
  errorsTable(
    [
      ['n contains 1', '`contains` looks into lists, maps and strings'],
      ['1.."z"', 'A range goes between'],
    ],
    scope,
  )
})

describe('missing values', () => {
  valuesTable(
    [
      ['missing ?? 1', 1],
      ['none ?? 1', 1],
      ['map.nothing ?? 1', 1],
      ['map.x.y ?? 1', 1],
      ['n ?? 1', 5],
      ['missing ?? none ?? 3', 3],
      ['missing ??? 1', 1],
      ['none ??? 1', null],
      ['missing ?? 2 + 3', 5],
      ['missing ?? "a" ~ "b"', 'ab'],
      ['(missing | upper) ?? "x"', 'x'],
    ],
    scope,
  )
  errorsTable(
    [
      ['missing', 'Unable to find `missing` used in the expression `{{ missing }}` at line 1'],
      ['missing.a.b', 'Unable to find `missing` used in'],
      ['map.x', 'Unable to find `x` used in'],
      ['map.nothing.y', 'Unable to find `y` used in'],
      ['nil.y', 'Unable to find `nil` used in'],
      ['empty.y', 'Unable to find `y` used in'],
      ['list[7]', 'Unable to find `7` used in'],
      ['text.length', 'Unable to find `length` used in'],
      ['(1 / 0) ?? 1', 'Could not perform division'],
    ],
    scope,
  )
})

describe('literals and lookups', () => {
  valuesTable(
    [
      ['map["b-c"].d[1]', 20],
      ["map['b-c']['d'][n - 5]", 10],
      ['list["1"]', 2],
      ['[1, "a", [true]]', [1, 'a', [true]]],
      ['{"a": {"b": {}}}', { a: { b: {} } }],
      ['{"a": 1}["a"]', 1],
      ['{"x" ~ n: 1}', { x5: 1 }],
      ['TRUE', true],
      ['NONE', null],
      ["'it\\'s'", "it's"],
      ["'\\d+\\\\'", '\\d+\\'],
      ['"n = #{n}, #{text ~ "!"}"', 'n = 5, abc!'],
      ['"\\n"', '\\n'],
      ['"🙂é"', '🙂é'],
    ],
    scope,
  )
  printsTable([['{{ größe }}', '3']], { größe: 3 })
})

describe('precedence', () => {
  valuesTable(
    [
      ['list | length == 3', true],
      ['1 + "22" | length', 3],
      ['text ~ "D" | lower', 'abcd'],
      ['not (none is null)', false],
      ['none is null and n is odd', true],
      ['text is not empty ? 1 : 2', 1],
      ['1 .. n ?? 9 | length', 5],
    ],
    scope,
  )
})

describe('methods of Java values, read as what does the same here', () => {
  valuesTable(
    [
      ['list.size()', 3],
      ['map.size()', 3],
      ['empty.size() == 0', true],
      ['text.length()', 3],
      ['empty.isEmpty()', true],
      ['list.isEmpty()', false],
      ['list.contains("x")', true],
      ['map.containsKey("b-c")', true],
      ['map.get("b-c").get("d").get(1)', 20],
      ['text.toUpperCase().toLowerCase()', 'abc'],
      ['text.startsWith("a") and text.endsWith("c")', true],
      ['text.substring(1)', 'bc'],
      ['text.substring(0, 2)', 'ab'],
      ['text.replace("b", "-")', 'a-c'],
      ['text.equals("abc")', true],
      ['"a,b".split(",")', ['a', 'b']],
      ['n.toString()', '5'],
      ['map.keySet()', ['a', 'b-c', 'nothing']],
    ],
    scope,
  )
  errorsTable(
    [
      ['text.getClass()', '`getClass()` is a method of the value'],
      ['text.constructor("x")', '`constructor()` is a method of the value'],
      ['list.size(1)', '`size()` is a method of the value'],
    ],
    scope,
  )
})

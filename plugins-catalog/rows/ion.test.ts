import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseIon } from './parse-ion'
import { splitValues } from './split-values'
import { Decimal, Timestamp, toJson } from './values'
import { formatIon } from './write-ion'

describe('parseIon', () => {
  test.each([
    ['{brand: "Apple", price: 9.5e0}', { brand: 'Apple', price: 9.5 }],
    ['{"brand":"Apple","price":9.50}', { brand: 'Apple', price: new Decimal('9.50') }],
    ["{'odd name': 1, b: [1, 2, [3]],}", { 'odd name': 1, b: [1, 2, [3]] }],
    ['{a: null, b: null.string, c: true, d: false, e: symbol}', { a: null, b: null, c: true, d: false, e: 'symbol' }],
    ['2024-01-31', new Timestamp('2024-01-31')],
    ['2024-01-31T10:00:00.123-00:00', new Timestamp('2024-01-31T10:00:00.123')],
    ['2024-01-31T10:00:00Z', new Timestamp('2024-01-31T10:00:00Z')],
    ['2024-01-31T10:00:00+02:00', new Timestamp('2024-01-31T10:00:00+02:00')],
    ['2024T', new Timestamp('2024')],
    ['2024-01T', new Timestamp('2024-01')],
    ['2024', 2024],
    ['LocalDate::"2024-01-31"', '2024-01-31'],
    ["'a'::b::{x: 1}", { x: 1 }],
    ['-12', -12],
    ['1_000', 1000],
    ['0xFF', 255],
    ['-0b11', -3],
    ['12345678901234567890', 12345678901234567890n],
    ['1d3', new Decimal('1E3')],
    ['5.', new Decimal('5')],
    ['1e400', Number.POSITIVE_INFINITY],
    ['nan', Number.NaN],
    ['+inf', Number.POSITIVE_INFINITY],
    ['-inf', Number.NEGATIVE_INFINITY],
    ['"\\u00e9\\x41\\U0001F388\\n"', 'éA🎈\n'],
    ["'''one''' /* and */ '''two\nlines'''", 'onetwo\nlines'],
    ['{{aGk=}}', new Uint8Array([104, 105])],
    ['{{"clob"}}', 'clob'],
    ['(a b 1)', ['a', 'b', 1]],
    ['// comment\n{ /* x */ a /* y */ : 1 // z\n}', { a: 1 }],
    ['{"a":{"b":[{"c":"\\u0000"}]}}', { a: { b: [{ c: '\0' }] } }],
  ])('%s', (text, expected) => expect(parseIon(text)).toEqual(expected))

  test.each([
    ['', 'a value is missing'],
    ['{a 1}', '":" is missing after the name "a"'],
    ['{a: 1', '"," or "}" is missing'],
    ['[1 2]', '"," or "]" is missing'],
    ['"open', 'a string has no end'],
    ['"\\q"', '\\q is no escape'],
    ['{a: 1} x', 'unexpected "x"'],
    ['@', 'unexpected "@"'],
    ['['.repeat(300), 'nested deeper'],
  ])('%j is refused', (text, message) => expect(() => parseIon(text)).toThrow(message))

  test('a name can reach no prototype', () => {
    const row = parseIon('{"__proto__": {"polluted": true}, constructor: 1}') as object
    expect(Object.getPrototypeOf(row)).toBe(Object.prototype)
    expect(Object.keys(row)).toEqual(['__proto__', 'constructor'])
    expect(({} as { polluted?: true }).polluted).toBeUndefined()
  })
})

test.each([
  [{ brand: 'Apple', price: 9.5, n: 5 }, '{"brand":"Apple","price":9.5e0,"n":5}'],
  [{ a: null, b: true, c: [1, 'x', {}] }, '{"a":null,"b":true,"c":[1,"x",{}]}'],
  [new Decimal('12.50'), '12.50'],
  [new Decimal('12'), '12.'],
  [new Decimal('1E+3'), '1d+3'],
  [new Timestamp('2024-01-31'), '2024-01-31'],
  [new Timestamp('2024-01-31T10:00:00'), '2024-01-31T10:00:00-00:00'],
  [new Timestamp('2024-01-31T10:00:00Z'), '2024-01-31T10:00:00Z'],
  [12345678901234567890n, '12345678901234567890'],
  [1e300, '1e300'],
  [1e-7, '1e-7'],
  [Number.NaN, 'nan'],
  [Number.NEGATIVE_INFINITY, '-inf'],
  ['a"\n\u2028', '"a\\"\\n\u2028"'],
  [new Uint8Array([104, 105]), '{{aGk=}}'],
])('%o is written as %s', (value, expected) => {
  expect(formatIon(value)).toBe(expected)
  expect(parseIon(expected)).toEqual(value)
})

test.each([
  [new Decimal('12.50'), 12.5],
  [new Decimal('0.1'), 0.1],
  [new Decimal('123456789.1234567890123'), '123456789.1234567890123'],
  [new Decimal('1000000000000000000000'), 1e21],
  [9007199254740991n, 9007199254740991],
  [9007199254740993n, '9007199254740993'],
  [Number.NaN, null],
  [new Timestamp('2024-01-31'), '2024-01-31'],
  [{ a: [new Uint8Array([104, 105])] }, { a: ['aGk='] }],
])('%o as JSON is %j', (value, expected) => expect(toJson(value)).toEqual(expected))

test('any JSON goes through Ion and back', () => {
  fc.assert(
    fc.property(fc.jsonValue(), value => {
      expect(parseIon(formatIon(value as never))).toEqual(value)
    }),
  )
})

describe('splitValues', () => {
  const split = async (chunks: (string | Uint8Array)[], unwrapArray = false) => {
    const values: string[] = []
    for await (const value of splitValues(toAsync(chunks), { unwrapArray })) values.push(value)
    return values
  }

  test.each([
    ['{a:1}\n{b:2}\n', ['{a:1}', '{b:2}']],
    ['{a:1}{b:2} {c:3}', ['{a:1}', '{b:2}', '{c:3}']],
    ['{\n  "a": [1, {"x": "}{"}]\n}\n{}', ['{\n  "a": [1, {"x": "}{"}]\n}', '{}']],
    ['1 "two words" three\n4.5', ['1', '"two words"', 'three', '4.5']],
    ["{a:\"\\\"}\"} {b:'}'} {c:'''}\n}'''}", ['{a:"\\"}"}', "{b:'}'}", "{c:'''}\n}'''}"]],
    ['// note {\n{a:1} /* } */ {b:2}', ['{a:1}', '{b:2}']],
    ['LocalDate::"2024 x"\nA:: {b:1}', ['LocalDate::"2024 x"', 'A:: {b:1}']],
    ['[1,2]\n[3]', ['[1,2]', '[3]']],
    ['', []],
    ['\n \n', []],
  ])('%j', async (text, expected) => {
    expect(await split([text])).toEqual(expected)
    expect(await split([...text])).toEqual(expected)
    expect(await split([...Buffer.from(text)].map(byte => new Uint8Array([byte])))).toEqual(expected)
  })

  test.each([
    ['[{"a":1}, {"b":[2]}, 3, "x"]', ['{"a":1}', '{"b":[2]}', '3', '"x"']],
    [' [ ] ', []],
    ['[[1],[2]]', ['[1]', '[2]']],
    ['{"a":1}', ['{"a":1}']],
    ['[1]\n[2]', ['1', '[2]']],
  ])('unwrapped: %j', async (text, expected) => {
    expect(await split([text], true)).toEqual(expected)
    expect(await split([...text], true)).toEqual(expected)
  })

  test.each(['{a:1', '{a:"x', '}', '[1,2'])('%j is refused', async text => {
    await expect(split([text], true)).rejects.toThrow(/breaks off|never opened/)
  })

  test('values written by formatIon are cut as written, wherever the chunks end', async () => {
    const rows = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 7 }), async (values, size) => {
        const lines = values.map(value => formatIon(value as never))
        const text = `${lines.join('\n')}\n`
        const bytes = Buffer.from(text)
        const chunks: Uint8Array[] = []
        for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size))
        expect(await split(chunks)).toEqual(lines)
      }),
      { numRuns: 50 },
    )
  })
})

async function* toAsync<T>(items: T[]): AsyncGenerator<T> {
  yield* items
}

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CsvOptions, parseCsv } from './parse-csv'
import { type ReadCsvOptions, readCsv } from './read-csv'
import { type RowValue, Timestamp } from './values'
import { type WriteCsvOptions, writeCsv } from './write-csv'

const parse = async (text: string, options?: CsvOptions) => {
  const whole = await collect(parseCsv(toAsync([text]), options))
  const pieces = await collect(parseCsv(toAsync([...text]), options))
  expect(pieces).toEqual(whole)
  return whole.map(record => record.cells)
}

test.each<[string, string[][], CsvOptions?]>([
  [
    'a,b\n1,2\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'a,b\r\n1,2',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  ['a\rb\r', [['a'], ['b']]],
  ['"a,b","c""d","e\nf"', [['a,b', 'c"d', 'e\nf']]],
  ['"",x,""', [['', 'x', '']]],
  [
    ',\n,',
    [
      ['', ''],
      ['', ''],
    ],
  ],
  ['a\n\nb', [['a'], [''], ['b']]],
  ['5" disk,x', [['5" disk', 'x']]],
  ['"a"b,c', [['ab', 'c']]],
  ["a;'b;c'", [['a', 'b;c']], { separator: ';', quote: "'" }],
  ['a\tb', [['a', 'b']], { separator: '\t' }],
  ['a^b]', [['a', 'b]']], { separator: '^' }],
  ['junk\nmore\na,b', [['a', 'b']], { skipRows: 2 }],
  ['\ufeffa,b', [['\ufeffa', 'b']]],
  ['', []],
])('%j', async (text, expected, options) => expect(await parse(text, options)).toEqual(expected))

test('a BOM of bytes is dropped, other encodings are read', async () => {
  const bom = await collect(parseCsv(toAsync([Buffer.from('\ufeffa,b')])))
  expect(bom[0]?.cells).toEqual(['a', 'b'])
  const latin = await collect(parseCsv(toAsync([Buffer.from('é', 'latin1')]), { encoding: 'latin1' }))
  expect(latin[0]?.cells).toEqual(['é'])
})

test('lines are counted through quoted cells', async () => {
  const records = await collect(parseCsv(toAsync(['a\n"b\nc"\nd\r\ne'])))
  expect(records.map(record => record.line)).toEqual([1, 2, 4, 5])
})

test.each<[string, CsvOptions, string]>([
  ['"open', {}, 'has no end'],
  ['a', { separator: '||' }, 'must be one character'],
])('%j with %j is refused', async (text, options, message) => {
  await expect(collect(parseCsv(toAsync([text]), options))).rejects.toThrow(message)
})

describe('readCsv', () => {
  const read = (text: string, options?: ReadCsvOptions) => collect(readCsv(toAsync([text]), options))

  test.each<[string, object[], ReadCsvOptions?]>([
    ['a,b\n1,2', [{ a: '1', b: '2' }]],
    ['1,2', [{ 0: '1', 1: '2' }], { header: false }],
    ['a,a,b\n1,2,3', [{ a: '1', a_2: '2', b: '3' }]],
    ['a,b\n\n1,2\n', [{ a: '1', b: '2' }]],
    ['a\n\n1', [{ a: '' }, { a: '1' }]],
    ['a\n\n1', [{ a: '1' }], { skipEmptyRows: true }],
    ['a,b\n1\n2,3', [{ a: '2', b: '3' }], { onBadLines: 'SKIP' }],
  ])('%j', async (text, expected, options) => expect(await read(text, options)).toEqual(expected))

  test('bad lines', async () => {
    await expect(read('a,b\n1,2\n3')).rejects.toThrow('line 3 has 1 cells, the header 2')
    const warnings: string[] = []
    await read('a,b\n3', { onBadLines: 'WARN', warn: message => void warnings.push(message) })
    expect(warnings).toEqual(['line 2 has 1 cells, the header 2'])
  })
})

test.each<[RowValue[], string, WriteCsvOptions?]>([
  [
    [
      { a: 1, b: 'x,y' },
      { b: 'q"q', a: null },
    ],
    'a,b\n1,"x,y"\n,"q""q"\n',
  ],
  [[{ a: 1 }], '1\r\n', { header: false, lineDelimiter: '\r\n' }],
  [[{ a: true, b: [1] }], '"a";"b"\n"true";"[1]"\n', { separator: ';', alwaysQuote: true }],
  [[{ a: new Timestamp('2024-01-31'), b: 10n }], 'a,b\n2024-01-31,10\n'],
  [
    [
      [1, 'x'],
      [2, 'y'],
    ],
    '1,x\n2,y\n',
  ],
  [['one', 2], 'value\none\n2\n'],
  [[], ''],
])('%o', async (rows, expected, options) => {
  expect((await collect(writeCsv(toAsync(rows), options))).join('')).toBe(expected)
})

test('any text goes through CSV and back', async () => {
  const rows = fc.array(fc.record({ a: fc.string(), b: fc.string({ minLength: 1 }) }), { minLength: 1, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(rows, async rows => {
      const text = (await collect(writeCsv(toAsync(rows)))).join('')
      expect(await collect(readCsv(toAsync([text])))).toEqual(rows)
    }),
    { numRuns: 100 },
  )
})

async function* toAsync<T>(items: T[]): AsyncGenerator<T> {
  yield* items
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

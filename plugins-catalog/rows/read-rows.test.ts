import { describe, expect, test } from 'vitest'
import { type RowFormat, readRows, rowFormatOf } from './read-rows'

test.each<[RowFormat, string, object]>([
  ['ion', '{a:1,b:2024-01-31}\n{"a":1.50}\n', { columns: ['a', 'b'], rows: [{ a: 1, b: '2024-01-31' }, { a: 1.5 }] }],
  ['jsonl', '{"a":1}\n{"c":[2]}\n', { columns: ['a', 'c'], rows: [{ a: 1 }, { c: [2] }] }],
  ['json', '[{"a":1},\n {"a":2}]', { columns: ['a'], rows: [{ a: 1 }, { a: 2 }] }],
  ['json', '{"products":[{"a":1}]}', { columns: ['products'], rows: [{ products: [{ a: 1 }] }] }],
  ['csv', 'a,b\n1,2\n', { columns: ['a', 'b'], rows: [{ a: '1', b: '2' }] }],
  ['tsv', 'a\tb\n1\t2\n', { columns: ['a', 'b'], rows: [{ a: '1', b: '2' }] }],
  ['ion', '1 "x"', { columns: ['value'], rows: [{ value: 1 }, { value: 'x' }] }],
  ['ion', '', { columns: [], rows: [] }],
])('%s %j', async (format, text, expected) => {
  expect(await readRows(format, toAsync([text]), { maxRows: 10 })).toEqual({ ...expected, truncated: false })
})

describe('a long file', () => {
  test('is read no further than needed', async () => {
    let chunks = 0
    async function* endless() {
      for (;;) yield `{"n":${chunks++}}\n`
    }
    const preview = await readRows('ion', endless(), { maxRows: 3 })
    expect(preview).toEqual({ columns: ['n'], rows: [{ n: 0 }, { n: 1 }, { n: 2 }], truncated: true })
    expect(chunks).toBeLessThan(10)
  })

  test('with an endless record is cut', async () => {
    async function* endless() {
      yield '{"n":1}\n{"x":"'
      for (;;) yield 'x'.repeat(1000)
    }
    const preview = await readRows('ion', endless(), { maxRows: 3, maxBytes: 10_000 })
    expect(preview).toEqual({ columns: ['n'], rows: [{ n: 1 }], truncated: true })
  })

  test('exactly as long as asked for is whole', async () => {
    expect((await readRows('ion', toAsync(['{a:1}{a:2}']), { maxRows: 2 })).truncated).toBe(false)
  })
})

test('bad data is said with its place', async () => {
  await expect(readRows('json', toAsync(['[{"a":1},{"a" 2}]']), { maxRows: 9 })).rejects.toThrow(
    'record 2: ":" is missing',
  )
})

test.each([
  ['rows.ion', 'ion'],
  ['a/b/Data.JSON', 'json'],
  ['x.ndjson', 'jsonl'],
  ['x.tar.gz', null],
  ['noextension', null],
  ['x.constructor', null],
])('%s is %s', (name, format) => expect(rowFormatOf(name)).toBe(format))

async function* toAsync<T>(items: T[]): AsyncGenerator<T> {
  yield* items
}

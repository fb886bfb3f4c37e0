import { afterAll, describe, expect, test } from 'vitest'
import type { JsonObject } from '#language/json'
import { createTestContext, runPlugin } from '../../../test-context'
import plugin from './plugin'
import run from './run'

const ctx = await createTestContext()
afterAll(() => ctx.close())
const query = (properties: JsonObject) => runPlugin(plugin, run, ctx, properties)
const fetchRow = async (sql: string, more: JsonObject = {}) =>
  (await query({ sql, fetchType: 'FETCH_ONE', ...more })).row as JsonObject

describe('the pipeline of the seed', () => {
  const sql = `INSTALL json;
    LOAD json;
    SELECT brand, ROUND(AVG(price), 2) AS avg_price
    FROM read_json_auto('{{ workingDir }}/products.json')
    GROUP BY brand
    ORDER BY avg_price DESC;`
  const products = [
    { brand: 'Apple', price: 10 },
    { brand: 'Apple', price: 15.5 },
    { brand: 'N/A', price: 99.99 },
  ]

  test('stores rows of a file', async () => {
    const input = await ctx.storage.put('products.json', JSON.stringify(products))
    const { uri, size } = await query({ fetchType: 'STORE', inputFiles: { 'products.json': input }, sql })
    expect(size).toBe(2)
    expect(uri).toMatch(/^kestra:\/\/\/.*\/rows\.ion$/)
    expect(await ctx.read(String(uri))).toBe(
      '{"brand":"N/A","avg_price":99.99e0}\n{"brand":"Apple","avg_price":12.75e0}\n',
    )
    expect(ctx.metrics).toContainEqual({ name: 'fetch.size', type: 'counter', value: 2 })
  })

  test('inputFiles as JSON text, with content in place', async () => {
    const inputFiles = JSON.stringify({ 'products.json': JSON.stringify(products) })
    const { rows } = await query({ fetchType: 'FETCH', inputFiles, sql })
    expect(rows).toEqual([
      { brand: 'N/A', avg_price: 99.99 },
      { brand: 'Apple', avg_price: 12.75 },
    ])
  })
})

test.each([
  [{ fetchType: 'FETCH' }, { rows: [{ n: 0 }, { n: 1 }], size: 2 }],
  [{ fetchType: 'FETCH_ONE' }, { row: { n: 0 }, size: 1 }],
  [{ fetchType: 'NONE' }, {}],
  [{}, {}],
  [{ fetch: true }, { rows: [{ n: 0 }, { n: 1 }], size: 2 }],
  [{ fetchOne: true }, { row: { n: 0 }, size: 1 }],
  [{ store: true }, { uri: expect.stringContaining('rows.ion'), size: 2 }],
])('%j', async (properties, expected) => {
  expect(await query({ sql: 'SELECT range AS n FROM range(2)', ...properties })).toEqual(expected)
})

test('rows are those of the last statement that returns some', async () => {
  const sql = `CREATE TABLE t AS SELECT 1 AS a; SELECT 'first' AS x; INSERT INTO t VALUES (2);
    SELECT sum(a)::INT AS total FROM t; DROP TABLE t;`
  expect(await query({ sql, fetchType: 'FETCH' })).toEqual({ rows: [{ total: 3 }], size: 1 })
  const stored = await query({ sql, fetchType: 'STORE' })
  expect(await ctx.read(String(stored.uri))).toBe('{"total":3}\n')
  expect(await query({ sql: 'CREATE TABLE t(a INT)', fetchType: 'FETCH' })).toEqual({})
})

test('values keep what they are', async () => {
  const row = await fetchRow(`SELECT
    12.50::DECIMAL(10,2) AS price, 0.1::DOUBLE AS ratio, 5::BIGINT AS small, 9007199254740993::BIGINT AS large,
    170141183460469231731687303715884105727::HUGEINT AS huge,
    DATE '2024-01-31' AS day, TIMESTAMP '2024-01-31 10:00:00.5' AS local, TIMESTAMPTZ '2024-01-31 10:00:00.25+02' AS utc,
    TIME '10:00' AS clock, [1, 2] AS list, {'a': 1, 'b': [DATE '2024-01-31']} AS struct, map {'k': 1} AS map,
    'hi'::BLOB AS blob, NULL AS nothing, true AS flag, 'NaN'::DOUBLE AS nan, '{"a":1}'::JSON AS json,
    'infinity'::TIMESTAMP AS always, TIMESTAMPTZ '1969-12-31 23:59:59.999999+00' AS before`)
  expect(row).toEqual({
    ...{
      price: 12.5,
      ratio: 0.1,
      small: 5,
      large: '9007199254740993',
      huge: '170141183460469231731687303715884105727',
    },
    ...{ day: '2024-01-31', local: '2024-01-31T10:00:00.5', utc: '2024-01-31T08:00:00.25Z', clock: '10:00:00' },
    ...{ list: [1, 2], struct: { a: 1, b: ['2024-01-31'] }, map: { k: 1 }, blob: 'aGk=', nothing: null, flag: true },
    ...{ nan: null, json: '{"a":1}', always: 'infinity', before: '1969-12-31T23:59:59.999999Z' },
  })
})

test('stored rows keep types that JSON has not', async () => {
  const sql =
    "SELECT 12.50::DECIMAL(10,2) AS p, DATE '2024-01-31' AS d, TIMESTAMP '2024-01-31 10:00:00' AS t, 2^60 AS f"
  const { uri } = await query({ sql, fetchType: 'STORE' })
  expect(await ctx.read(String(uri))).toBe(
    '{"p":12.50,"d":2024-01-31,"t":2024-01-31T10:00:00-00:00,"f":1152921504606847000e0}\n',
  )
})

test('parameters are bound, not pasted', async () => {
  const parameters = { name: "x'; DROP TABLE t; --", n: 3, none: null, list: [1, 2], unused: 1 }
  const sql = "SELECT :name AS name, :n::INT + 1 AS n, :none AS none, :list::JSON->0 AS first, ':name' AS text"
  expect(await fetchRow(sql, { parameters })).toEqual({
    name: parameters.name,
    n: 4,
    none: null,
    first: '1',
    text: ':name',
  })
})

test('outputFiles, and a database that goes on', async () => {
  const first = await query({
    outputDbFile: true,
    outputFiles: ['out.csv'],
    sql: "CREATE TABLE t AS SELECT 7 AS a; COPY t TO '{{ outputFiles['out.csv'] }}'",
  })
  expect(await ctx.read(String((first.outputFiles as JsonObject)['out.csv']))).toBe('a\n7\n')
  expect(await fetchRow('SELECT a FROM t', { databaseUri: first.databaseUri as string })).toEqual({ a: 7 })
})

test('the time zone is UTC unless the task says another', async () => {
  const sql = "SELECT strftime(TIMESTAMPTZ '2024-01-31 23:30:00+00', '%d %H:%M') AS t"
  expect(await fetchRow(sql)).toEqual({ t: '31 23:30' })
  expect(await fetchRow(sql, { timeZoneId: 'Europe/Berlin' })).toEqual({ t: '01 00:30' })
  expect(await fetchRow(`SET TimeZone = 'Europe/Berlin'; ${sql}`)).toEqual({ t: '01 00:30' })
  await expect(fetchRow(sql, { timeZoneId: 'Mars/Base' })).rejects.toThrow('timeZoneId: Mars/Base is no time zone')
})

describe('confined', () => {
  test.each([
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_text('/proc/self/environ')",
    "SELECT * FROM read_text('{{ workingDir }}/../../../../../../etc/passwd')",
    "SELECT * FROM glob('/etc/*')",
    "SELECT * FROM 'http://127.0.0.1:1/x.csv'",
    "COPY (SELECT 1) TO '/tmp/millrace-escape.csv'",
    "ATTACH '/tmp/millrace-escape.db'",
    "EXPORT DATABASE '/tmp/millrace-escape'",
  ])('%s', async sql => {
    await expect(query({ sql })).rejects.toThrow('disabled by configuration')
  })

  test.each([
    ['SET enable_external_access = true', /locked|Cannot/],
    ["SET allowed_directories = ['/']", /locked|Cannot/],
    ['SET lock_configuration = false', /locked/],
    ["SET memory_limit = '100GB'", /locked/],
    ['SET threads = 64', /locked/],
    ["SET temp_directory = '/tmp'", /locked/],
    ["SET allowed_configs = ['threads']", /locked/],
    ['INSTALL httpfs', 'the DuckDB extension "httpfs" is not built in'],
    ["LOAD '/tmp/evil.duckdb_extension'", 'is not built in'],
    ['FORCE INSTALL spatial FROM community', 'the DuckDB extension "spatial" is not built in'],
    ["SELECT getenv('PATH')", 'getenv'],
  ])('%s', async (sql, message) => {
    await expect(query({ sql })).rejects.toThrow(message)
  })

  test.each(['jdbc:duckdb:/etc/x.db', 'jdbc:duckdb:md:mine', 'jdbc:postgresql://x'])('url %s', async url => {
    await expect(query({ sql: 'SELECT 1', url })).rejects.toThrow('is not supported')
  })

  test.each(['../x', 'a/b', ''])('outputFiles %j', async name => {
    await expect(query({ sql: 'SELECT 1', outputFiles: [name] })).rejects.toThrow('no name of a file')
  })

  test.each(['jdbc:duckdb:', 'jdbc:duckdb::memory:'])('url %s is fine', async url => {
    expect(await fetchRow('SELECT 1 AS a', { url })).toEqual({ a: 1 })
  })
})

describe('errors name the statement and its place', () => {
  test.each([
    ['SELECT 1;\n\n-- why\nSELECT nope FROM t', /^Statement 2 \(line 4\) failed: Catalog Error: .*\n[\s\S]*LINE 4: /],
    ['SELEC 1', /^Statement 1 \(line 1\) failed: Parser Error: .*SELEC/],
    ["SELECT 1; SELECT 'abc'::INT", /^Statement 2 \(line 1\) failed: Conversion Error/],
  ])('%j', async (sql, message) => {
    await expect(query({ sql, fetchType: 'FETCH' })).rejects.toThrow(message)
  })

  test('while rows are stored', async () => {
    const sql = "SELECT CASE WHEN range > 90000 THEN error('too far') ELSE range END AS n FROM range(100000)"
    await expect(query({ sql, fetchType: 'STORE' })).rejects.toThrow(/^Statement 1 \(line 1\) failed: .*too far/)
  })

  test('too many rows for outputs', async () => {
    const sql = "SELECT repeat('x', 1000) AS x FROM range(100000)"
    await expect(query({ sql, fetchType: 'FETCH' })).rejects.toThrow('use fetchType: STORE')
  })
})

test('kill interrupts a query that would run for ever', async () => {
  const own = await createTestContext()
  const sql = 'SELECT count(*) FROM range(100000000) a, range(100000000) b'
  const result = runPlugin(plugin, run, own, { sql, fetchType: 'FETCH' })
  setTimeout(() => own.abort(new Error('killed')), 100)
  await expect(result).rejects.toThrow('killed')
  await own.close()
})

import { afterAll, describe, expect, inject, test } from 'vitest'
import type { JsonObject } from '#language/json'
import { hostedEgress } from '#worker/activities/egress-guard'
import { createTestContext, runPlugin } from '../../../test-context'
import queriesPlugin from '../queries/plugin'
import runQueries from '../queries/run'
import plugin from './plugin'
import run from './run'

const ctx = await createTestContext()
afterAll(() => ctx.close())
const server = new URL(inject('postgresUrl'))
const connection = {
  url: `jdbc:postgresql://${server.hostname}:${server.port}/postgres`,
  username: decodeURIComponent(server.username),
  password: decodeURIComponent(server.password),
}
const query = (properties: JsonObject, own = ctx) => runPlugin(plugin, run, own, { ...connection, ...properties })
const queries = (properties: JsonObject) =>
  runPlugin(queriesPlugin, runQueries, ctx, { ...connection, fetchType: 'FETCH', ...properties })
const fetchRow = async (sql: string, more: JsonObject = {}) =>
  (await query({ sql, fetchType: 'FETCH_ONE', ...more })).row as JsonObject

test('values keep what they are', async () => {
  const row = await fetchRow(`SELECT 12.50::numeric AS price, 0.1::float8 AS ratio, 5::int8 AS small,
    9007199254740993::int8 AS large, DATE '2024-01-31' AS day, TIMESTAMP '2024-01-31 10:00:00.5' AS local,
    TIMESTAMPTZ '2024-01-31 10:00:00+02' AS utc, TIME '10:00' AS clock, ARRAY[1,2] AS list, ARRAY['a,b',NULL] AS texts,
    '{"a":[1]}'::jsonb AS json, 'hi'::bytea AS bytes, NULL AS nothing, true AS flag, 'infinity'::timestamp AS always,
    '6f1e2c1a-0000-4000-8000-000000000000'::uuid AS id, 1 AS twice, 2 AS twice`)
  expect(row).toEqual({
    ...{
      price: 12.5,
      ratio: 0.1,
      small: 5,
      large: '9007199254740993',
      day: '2024-01-31',
      local: '2024-01-31T10:00:00.5',
    },
    ...{ utc: '2024-01-31T08:00:00Z', clock: '10:00:00', list: [1, 2], texts: ['a,b', null], json: { a: [1] } },
    ...{ bytes: 'aGk=', nothing: null, flag: true, always: 'infinity', id: '6f1e2c1a-0000-4000-8000-000000000000' },
    ...{ twice: 1, twice_1: 2 },
  })
})

test('STORE streams through a cursor', async () => {
  const sql = "SELECT n, n * 1.5 AS x, DATE '2024-01-31' + n AS d FROM generate_series(0, 25000) AS n"
  const { uri, size } = await query({ sql, fetchType: 'STORE' })
  const lines = (await ctx.read(String(uri))).trimEnd().split('\n')
  expect([size, lines.length]).toEqual([25_001, 25_001])
  expect(lines[1]).toBe('{"n":1,"x":1.5,"d":2024-02-01}')
  expect(await query({ sql: 'SELECT 1 WHERE false', fetchType: 'STORE' })).toMatchObject({ size: 0 })
})

test('parameters are bound, not pasted', async () => {
  const parameters = { name: "x'; DROP TABLE t; --", n: 3, list: [1, 2] }
  const sql = "SELECT :name::text AS name, :n::int + :n::int AS n, (:list::jsonb)->>1 AS second, ':n' AS text"
  expect(await fetchRow(sql, { parameters })).toEqual({ name: parameters.name, n: 6, second: '2', text: ':n' })
})

test('the time zone is UTC unless the task says another', async () => {
  const sql = "SELECT TIMESTAMPTZ '2024-01-31 10:00:00+00' AS t, current_setting('TimeZone') AS zone"
  expect(await fetchRow(sql)).toEqual({ t: '2024-01-31T10:00:00Z', zone: 'UTC' })
  const zone = 'Asia/Kolkata'
  expect(await fetchRow(sql, { timeZoneId: zone })).toEqual({ t: '2024-01-31T15:30:00+05:30', zone })
})

describe('several statements', () => {
  test('Query gives the rows of the last that returns some', async () => {
    const sql =
      'CREATE TEMP TABLE t(a int); INSERT INTO t VALUES (1), (2); SELECT sum(a) AS total FROM t; DROP TABLE t;'
    expect(await query({ sql, fetchType: 'FETCH' })).toEqual({ rows: [{ total: 3 }], size: 1 })
    expect(await query({ sql: 'SELECT 1' })).toEqual({})
  })

  test('Queries gives those of each', async () => {
    const sql =
      'SELECT 1 AS a; CREATE TEMP TABLE q(a int); INSERT INTO q VALUES (7) RETURNING a; DO $$ BEGIN NULL; END $$'
    const outputs = [
      { rows: [{ a: 1 }], size: 1 },
      { rows: [{ a: 7 }], size: 1 },
    ]
    expect(await queries({ sql })).toEqual({ outputs })
  })

  test('all or none in a transaction, afterSQL in the same', async () => {
    await query({ sql: 'CREATE TABLE kept(a int)' })
    await expect(queries({ sql: 'INSERT INTO kept VALUES (1); SELECT 1/0' })).rejects.toThrow('Statement 2 (line 1)')
    await expect(query({ sql: 'INSERT INTO kept VALUES (2)', afterSQL: 'SELECT 1/0' })).rejects.toThrow(
      'division by zero',
    )
    await expect(queries({ sql: 'INSERT INTO kept VALUES (3); SELECT 1/0', transaction: false })).rejects.toThrow()
    await query({ sql: 'INSERT INTO kept VALUES (4)', afterSQL: 'UPDATE kept SET a = a * 10' })
    expect(await query({ sql: 'SELECT a FROM kept ORDER BY a', fetchType: 'FETCH' })).toMatchObject({
      rows: [{ a: 30 }, { a: 40 }],
    })
    await query({ sql: 'VACUUM kept; DROP TABLE kept' })
  })
})

test.each([
  [
    { sql: 'SELECT 1;\nSELECT\n  nope' },
    /^Statement 2 \(line 2\) failed: column "nope" does not exist \(line 3, column 3\)/,
  ],
  [{ sql: 'SELEC 1' }, /^Statement 1 \(line 1\) failed: syntax error at or near "SELEC"/],
  [{ sql: 'SELECT 1', password: 'wrong', username: 'nobody' }, /^Can't connect to PostgreSQL at .*\/postgres: /],
  [{ sql: 'SELECT 1', url: 'jdbc:postgresql://host.invalid/x' }, /^The host host\.invalid is not found/],
  [{ sql: 'SELECT 1', sslMode: 'REQUIRE' }, /does not support SSL/],
])('%j', async (properties, message) => {
  await expect(query({ fetchType: 'FETCH', ...properties })).rejects.toThrow(message)
})

test('an error in the middle of stored rows', async () => {
  const sql = 'SELECT 1 / (5000 - n) FROM generate_series(1, 6000) AS n'
  await expect(query({ sql, fetchType: 'STORE' })).rejects.toThrow('division by zero')
})

test("the hosted guard keeps tasks from the installation's own database", async () => {
  const hosted = await createTestContext({ guard: hostedEgress() })
  await expect(query({ sql: 'SELECT 1' }, hosted)).rejects.toThrow('is refused')
  await hosted.close()
})

test('kill cancels the statement on the server', async () => {
  const own = await createTestContext()
  const result = query({ sql: 'SELECT pg_sleep(60)', fetchType: 'FETCH' }, own)
  const running = "SELECT count(*) AS n FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(60)' AND state = 'active'"
  while ((await fetchRow(running)).n === 0);
  own.abort(new Error('killed'))
  await expect(result).rejects.toThrow('killed')
  await expect.poll(() => fetchRow(running)).toEqual({ n: 0 })
  await own.close()
})

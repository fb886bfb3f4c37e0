import { afterAll, beforeEach, expect, inject, test } from 'vitest'
import type { JsonObject } from '#language/json'
import { createTestContext, pollPlugin, runPlugin, type TestContext } from '../../../test-context'
import query from '../query/plugin'
import runQuery from '../query/run'
import plugin from './plugin'
import polling from './poll'

const server = new URL(inject('postgresUrl'))
const connection = {
  url: `jdbc:postgresql://${server.hostname}:${server.port}/postgres`,
  username: decodeURIComponent(server.username),
  password: decodeURIComponent(server.password),
}
const world = await createTestContext()
const sql = (text: string) => runPlugin(query, runQuery, world, { ...connection, sql: text, fetchType: 'FETCH' })

let ctx: TestContext
beforeEach(async () => {
  // As with each execution that a trigger may start.
  await ctx?.close()
  ctx = await createTestContext()
  await sql("DROP TABLE IF EXISTS polled; CREATE TABLE polled AS SELECT n, 'new' AS state FROM generate_series(1, 3) n")
})
afterAll(async () => {
  await sql('DROP TABLE polled')
  await ctx.close()
  await world.close()
})
const poll = (properties: JsonObject) => pollPlugin(plugin, polling, ctx, { ...connection, ...properties })
const count = async () => (await sql("SELECT count(*) AS n FROM polled WHERE state = 'new'")).rows

const take = { sql: 'DELETE FROM polled WHERE n < 3 RETURNING n' }
const mark = {
  sql: "SELECT n FROM polled WHERE state = 'new' AND n < 3",
  afterSQL: "UPDATE polled SET state = 'done' WHERE n < 3",
}
const two = { variables: { rows: [{ n: 1 }, { n: 2 }], size: 2 } }

test('rows start the flow, in the form that is asked for; no rows start nothing', async () => {
  const select = 'SELECT n FROM polled ORDER BY n'
  expect(await poll({ sql: `${select} LIMIT 2` })).toEqual(two)
  expect(await poll({ sql: select, fetchType: 'FETCH_ONE' })).toEqual({ variables: { row: { n: 1 }, size: 1 } })
  const { variables } = await poll({ sql: select, fetchType: 'STORE' })
  expect(await ctx.read(String(variables?.uri))).toBe('{"n":1}\n{"n":2}\n{"n":3}\n')
  expect(await poll({ sql: `${select} LIMIT 0` })).toEqual({})
  // Nothing was changed, so nothing is noted.
  expect((await ctx.storage.listExecutionFiles()).map(uri => uri.split('/').at(-1))).toEqual(['rows.ion'])
})

test.each([
  ['deleted', take],
  ['marked afterwards', mark],
])('rows that are %s are not lost when the poll is cut off after that', async (_, properties) => {
  expect(await poll(properties)).toEqual(two)
  expect(await count()).toEqual([{ n: 1 }])
  // Nothing of it was kept: the same poll again.
  expect(await poll(properties)).toEqual(two)
  expect(await count()).toEqual([{ n: 1 }])
})

test('rows of a transaction that was undone are found again', async () => {
  const failing = { ...take, afterSQL: 'DO $$ BEGIN ASSERT false; END $$' }
  await expect(poll(failing)).rejects.toThrow('assertion failed')
  expect(await count()).toEqual([{ n: 3 }])
  expect(await poll(take)).toEqual(two)
})

test('a deferred constraint refuses the commit itself: what was noted does not count', async () => {
  await sql('ALTER TABLE polled ADD UNIQUE (n) DEFERRABLE INITIALLY DEFERRED')
  const failing = { sql: 'INSERT INTO polled VALUES (1) RETURNING n' }
  await expect(poll(failing)).rejects.toThrow('unique')
  expect(await poll(take)).toEqual(two)
})

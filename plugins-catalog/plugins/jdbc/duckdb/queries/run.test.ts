import { afterAll, expect, test } from 'vitest'
import type { JsonObject } from '#language/json'
import { createTestContext, runPlugin } from '../../../test-context'
import plugin from './plugin'
import run from './run'

const ctx = await createTestContext()
afterAll(() => ctx.close())
const sql =
  'CREATE TABLE t AS SELECT range AS n FROM range(3); SELECT count(*) AS c FROM t; SELECT n FROM t WHERE n > 1'

test('keeps the rows of each statement that returns some', async () => {
  expect(await runPlugin(plugin, run, ctx, { sql, fetchType: 'FETCH' })).toEqual({
    outputs: [
      { rows: [{ c: 3 }], size: 1 },
      { rows: [{ n: 2 }], size: 1 },
    ],
  })
})

test('stores each in a file of its own', async () => {
  const { outputs } = await runPlugin(plugin, run, ctx, { sql, fetchType: 'STORE' })
  const texts = (outputs as JsonObject[]).map(({ uri }) => ctx.read(String(uri)))
  expect(await Promise.all(texts)).toEqual(['{"c":3}\n', '{"n":2}\n'])
})

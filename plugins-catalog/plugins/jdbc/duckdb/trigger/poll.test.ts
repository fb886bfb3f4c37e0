import { afterAll, expect, test } from 'vitest'
import type { JsonObject } from '#language/json'
import { createTestContext, pollPlugin } from '../../../test-context'
import plugin from './plugin'
import polling from './poll'

const ctx = await createTestContext()
afterAll(() => ctx.close())
const poll = (properties: JsonObject) => pollPlugin(plugin, polling, ctx, properties)

test('rows start the flow, in the form that is asked for', async () => {
  const sql = 'SELECT n FROM range(2) t(n)'
  expect(await poll({ sql })).toEqual({ variables: { rows: [{ n: 0 }, { n: 1 }], size: 2 } })
  expect(await poll({ sql, fetchType: 'FETCH_ONE' })).toEqual({ variables: { row: { n: 0 }, size: 1 } })
  const { variables } = await poll({ sql, fetchType: 'STORE' })
  expect(await ctx.read(String(variables?.uri))).toBe('{"n":0}\n{"n":1}\n')
})

test('no rows start nothing', async () => {
  expect(await poll({ sql: 'SELECT 1 WHERE false' })).toEqual({})
  expect(await poll({ sql: 'SELECT 1 WHERE false', fetchType: 'STORE' })).toEqual({})
})

test('files are read and kept', async () => {
  const properties = {
    inputFiles: { 'orders.csv': 'id,state\n1,open\n2,done\n' },
    outputFiles: ['open.csv'],
    sql: "COPY (SELECT id FROM read_csv_auto('{{ workingDir }}/orders.csv') WHERE state = 'open') TO '{{ outputFiles['open.csv'] }}'; SELECT 1 AS one",
  }
  const { variables } = await poll(properties)
  const { 'open.csv': uri } = variables!.outputFiles as { 'open.csv': string }
  expect(await ctx.read(uri)).toBe('id\n1\n')
})

test('an error says where', async () => {
  await expect(poll({ sql: 'SELECT nope' })).rejects.toThrow(/^Statement 1 \(line 1\) failed: .*nope/)
})

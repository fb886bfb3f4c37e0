import { afterAll, expect, test } from 'vitest'
import type { JsonObject } from '#language/json'
import { createTestContext, runPlugin } from '../../../test-context'
import plugin from './plugin'
import run from './run'

const ctx = await createTestContext()
afterAll(() => ctx.close())
const deduplicate = (properties: JsonObject) => runPlugin(plugin, run, ctx, properties)

test('the last of each key stays, in its place', async () => {
  const from = await ctx.storage.put('items.ion', '{id:1,v:"a"}\n{id:2,v:"b"}\n{id:1,v:"c",d:2024-01-31}\n')
  const { uri, ...counts } = await deduplicate({ from, expr: '{{ id }}' })
  expect(counts).toEqual({ numKeys: 2, processedItemsTotal: 3, droppedItemsTotal: 1 })
  expect(await ctx.read(String(uri))).toBe('{"id":2,"v":"b"}\n{"id":1,"v":"c","d":2024-01-31}\n')
})

test('an empty file', async () => {
  const from = await ctx.storage.put('empty.ion', '')
  expect(await deduplicate({ from, expr: '{{ id }}' })).toMatchObject({ numKeys: 0, processedItemsTotal: 0 })
})

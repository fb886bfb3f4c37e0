import { afterAll, expect, test } from 'vitest'
import type { JsonObject } from '#language/json'
import { createTestContext, runPlugin } from '../../../test-context'
import plugin from './plugin'
import run from './run'

const ctx = await createTestContext()
afterAll(() => ctx.close())
const filter = (properties: JsonObject) => runPlugin(plugin, run, ctx, properties)
const from = await ctx.storage.put('source.ion', '{n:1}\n{n:2}\n{m:3}\n')

test.each([
  [{ filterCondition: '{{ n is defined and n > 1 }}' }, '{"n":2}\n', 2],
  [{ filterCondition: '{{ n is defined and n > 1 }}', filterType: 'EXCLUDE' }, '{"n":1}\n{"m":3}\n', 1],
  [{ filterCondition: '{{ n > 1 }}', errorOrNullBehavior: 'EXCLUDE' }, '{"n":2}\n', 2],
  [{ filterCondition: '{{ n > 1 }}', errorOrNullBehavior: 'INCLUDE' }, '{"n":2}\n{"m":3}\n', 1],
])('%j', async (properties, expected, dropped) => {
  const { uri, ...counts } = await filter({ from, ...properties })
  expect(await ctx.read(String(uri))).toBe(expected)
  expect(counts).toEqual({ processedItemsTotal: 3, droppedItemsTotal: dropped })
})

test.each([
  ['{{ n > 1 }}', 'filterCondition of item 3: '],
  ['maybe', 'filterCondition of item 1: it is neither true nor false'],
])('%s fails', async (filterCondition, message) => {
  await expect(filter({ from, filterCondition })).rejects.toThrow(message)
})

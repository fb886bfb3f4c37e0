import { afterAll, expect, test } from 'vitest'
import type { JsonObject } from '#language/json'
import { createTestContext, runPlugin } from '../../../test-context'
import plugin from './plugin'
import run from './run'

const ctx = await createTestContext()
afterAll(() => ctx.close())
const getKeys = (properties: JsonObject) => runPlugin(plugin, run, ctx, properties)

test('by prefix and namespace', async () => {
  for (const key of ['color', 'count', 'name']) await ctx.kv.set(key, 1)
  await ctx.kv.set('other', 1, { namespace: 'other' })
  expect(await getKeys({})).toEqual({ keys: ['color', 'count', 'name'] })
  expect(await getKeys({ prefix: 'co' })).toEqual({ keys: ['color', 'count'] })
  expect(await getKeys({ namespace: 'other' })).toEqual({ keys: ['other'] })
})

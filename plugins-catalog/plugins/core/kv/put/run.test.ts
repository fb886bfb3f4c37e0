import { afterAll, expect, test } from 'vitest'
import type { JsonObject } from '#language/json'
import { createTestContext, runPlugin } from '../../../test-context'
import plugin from './plugin'
import run from './run'

const ctx = await createTestContext()
afterAll(() => ctx.close())
const put = (properties: JsonObject) => runPlugin(plugin, run, ctx, properties)

test('merges maps deeply, replaces all else', async () => {
  await ctx.kv.set('k', { a: 1, b: { c: 1, d: [1] } })
  await put({ key: 'k', value: { b: { d: [2], e: 3 }, f: 4 } })
  expect(await ctx.kv.get('k')).toEqual({ value: { a: 1, b: { c: 1, d: [2], e: 3 }, f: 4 } })
  await put({ key: 'k', value: 'text' })
  expect(await ctx.kv.get('k')).toEqual({ value: 'text' })
})

test('a missing key is made, or is a failure', async () => {
  await put({ key: 'new', value: { a: 1 } })
  expect(await ctx.kv.get('new')).toEqual({ value: { a: 1 } })
  await expect(put({ key: 'newer', value: 1, errorOnMissing: true })).rejects.toThrow('There is no KV entry newer')
})

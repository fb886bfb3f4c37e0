import { afterAll, expect, test } from 'vitest'
import type { JsonObject } from '#language/json'
import { createTestContext, runPlugin } from '../../../test-context'
import plugin from './plugin'
import run from './run'

const ctx = await createTestContext()
afterAll(() => ctx.close())
const get = (properties: JsonObject) => runPlugin(plugin, run, ctx, properties)

test('from the namespace or one above it', async () => {
  await ctx.kv.set('color', 'blue', { namespace: 'company' })
  expect(await get({ key: 'color' })).toEqual({ value: 'blue' })
  await ctx.kv.set('color', 'red')
  expect(await get({ key: 'color' })).toEqual({ value: 'red' })
  expect(await get({ key: 'color', namespace: 'company' })).toEqual({ value: 'blue' })
  expect(await get({ key: 'nope' })).toEqual({ value: null })
  await expect(get({ key: 'nope', errorOnMissing: true })).rejects.toThrow('There is no KV entry nope')
})

import { afterAll, expect, test } from 'vitest'
import type { JsonObject } from '#language/json'
import { createTestContext, runPlugin } from '../../../test-context'
import plugin from './plugin'
import run from './run'

const ctx = await createTestContext()
afterAll(() => ctx.close())
const remove = (properties: JsonObject) => runPlugin(plugin, run, ctx, properties)

test('deletes once', async () => {
  await ctx.kv.set('k', 1)
  expect(await remove({ key: 'k' })).toEqual({ deleted: true })
  expect(await remove({ key: 'k' })).toEqual({ deleted: false })
  await expect(remove({ key: 'k', errorOnMissing: true })).rejects.toThrow('There is no KV entry k')
})

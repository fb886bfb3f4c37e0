import { afterAll, expect, test } from 'vitest'
import type { JsonObject } from '#language/json'
import { createTestContext, runPlugin } from '../../../test-context'
import plugin from './plugin'
import run from './run'

const ctx = await createTestContext()
afterAll(() => ctx.close())
const remove = (properties: JsonObject) => runPlugin(plugin, run, ctx, properties)

test('deletes once', async () => {
  const uri = await ctx.storage.put('x', 'x')
  expect(await remove({ uri })).toEqual({ uri, deleted: true })
  expect(await remove({ uri })).toEqual({ uri, deleted: false })
  await expect(remove({ uri, errorOnMissing: true })).rejects.toThrow('There is no file')
  await expect(remove({ uri: 'kestra:///other/place' })).rejects.toThrow('no file of this execution')
})

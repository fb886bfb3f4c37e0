import { afterAll, expect, test } from 'vitest'
import type { JsonObject } from '#language/json'
import { createTestContext, runPlugin } from '../../../test-context'
import plugin from './plugin'
import run from './run'

const ctx = await createTestContext()
afterAll(() => ctx.close())
const size = (properties: JsonObject) => runPlugin(plugin, run, ctx, properties)

test('in bytes, not characters', async () => {
  expect(await size({ uri: await ctx.storage.put('x', 'hé') })).toEqual({ size: 3 })
  await expect(size({ uri: 'kestra:///company/team/my-flow/executions/e1/tasks/x/y/z' })).rejects.toThrow('no file')
})

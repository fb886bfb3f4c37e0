import { afterAll, expect, test } from 'vitest'
import type { JsonObject } from '#language/json'
import { createTestContext, runPlugin } from '../../../test-context'
import plugin from './plugin'
import run from './run'

const ctx = await createTestContext()
afterAll(() => ctx.close())
const write = (properties: JsonObject) => runPlugin(plugin, run, ctx, properties)

test.each([
  [{ content: 'hello' }, 'content', 'hello'],
  [{ content: 'a,b', extension: '.csv' }, 'content.csv', 'a,b'],
  [{ content: '', extension: 'txt' }, 'content.txt', ''],
  [{ content: 'x', extension: '/../../x' }, 'content....x', 'x'],
])('%j', async (properties, name, text) => {
  const { uri } = await write(properties)
  expect(String(uri).split('/t1/')[1]).toBe(name)
  expect(await ctx.read(String(uri))).toBe(text)
})

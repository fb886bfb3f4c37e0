import { afterAll, expect, test } from 'vitest'
import type { JsonObject } from '#language/json'
import { createTestContext, runPlugin } from '../../../test-context'
import plugin from './plugin'
import run from './run'

const ctx = await createTestContext()
afterAll(() => ctx.close())
const convert = async (content: string | Buffer, properties: JsonObject = {}) => {
  const from = await ctx.storage.put('source', content)
  const { uri, size } = await runPlugin(plugin, run, ctx, { from, ...properties })
  return { uri: String(uri), size, text: await ctx.read(String(uri)) }
}

test.each([
  ['[{"a":1}, {"a":\n2}]', '{"a":1}\n{"a":2}\n', 2],
  ['{"a":1}', '{"a":1}\n', 1],
  ['[]', '', 0],
])('%j', async (content, text, size) => {
  expect(await convert(content)).toMatchObject({ text, size })
})

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
  ['{"a":1}\n{"a":[true,null]}\n', {}, '{"a":1}\n{"a":[true,null]}\n', 2],
  ['[{"a":1},\n {"a":2}]', { newLine: false }, '{"a":1}\n{"a":2}\n', 2],
  ['{"a":\n1}', { newLine: false }, '{"a":1}\n', 1],
  ['[]', { newLine: false }, '', 0],
  ['{"a":12345678901234567890,"b":1.50}', {}, '{"a":12345678901234567890,"b":1.50}\n', 1],
])('%j %j', async (content, properties, text, size) => {
  expect(await convert(content, properties)).toMatchObject({ text, size })
})

test('bad JSON is said with its place', async () => {
  await expect(convert('{"a":1}\n{"a" 2}')).rejects.toThrow('source: record 2: ":" is missing')
})

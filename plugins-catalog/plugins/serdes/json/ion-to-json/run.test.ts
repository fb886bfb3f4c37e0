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
  ['{a:1,d:2024-01-31}\n{a:2.50}\n', {}, '{"a":1,"d":"2024-01-31"}\n{"a":2.5}\n', 2, '.jsonl'],
  ['{a:1}\n{a:2}\n', { newLine: false }, '[{"a":1},{"a":2}]', 2, '.json'],
  ['', { newLine: false }, '[]', 0, '.json'],
])('%j %j', async (content, properties, text, size, extension) => {
  const result = await convert(content, properties)
  expect(result).toMatchObject({ text, size })
  expect(result.uri.endsWith(`/rows${extension}`)).toBe(true)
})

test('many rows', async () => {
  const content = Array.from({ length: 50_000 }, (_, n) => `{n:${n}}`).join('\n')
  const { text, size } = await convert(content, { newLine: false })
  expect(size).toBe(50_000)
  expect(JSON.parse(text)[49_999]).toEqual({ n: 49_999 })
})

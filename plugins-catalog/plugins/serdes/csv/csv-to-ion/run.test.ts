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
  ['a,b\n1,x\n2,"y,z"\n', {}, '{"a":"1","b":"x"}\n{"a":"2","b":"y,z"}\n', 2],
  ['1,x\n', { header: false }, '["1","x"]\n', 1],
  ['note\na;b\n1;2\n', { skipRows: 1, fieldSeparator: ';' }, '{"a":"1","b":"2"}\n', 1],
  ['a,\n1,2\n', {}, '{"a":"1"}\n', 1],
  ['a\n\n1\n', { skipEmptyRows: true }, '{"a":"1"}\n', 1],
  ["a\n'x\ny'\n", { textDelimiter: "'" }, '{"a":"x\\ny"}\n', 1],
  ['', {}, '', 0],
])('%j %j', async (content, properties, text, size) => {
  const result = await convert(content, properties)
  expect(result).toMatchObject({ text, size })
  expect(result.uri).toMatch(/\/rows\.ion$/)
})

test('another charset', async () => {
  expect(await convert(Buffer.from('a\né\n', 'latin1'), { charset: 'ISO-8859-1' })).toMatchObject({
    text: '{"a":"é"}\n',
  })
})

test('bad lines', async () => {
  await expect(convert('a,b\n1\n')).rejects.toThrow(/source: line 2 has 1 cells, the header 2/)
  expect(await convert('a,b\n1\n2,3\n', { onBadLines: 'SKIP' })).toMatchObject({ size: 1 })
  await convert('a,b\n1\n', { onBadLines: 'WARN' })
  expect(ctx.logs).toContainEqual({ level: 'WARN', message: 'line 2 has 1 cells, the header 2' })
})

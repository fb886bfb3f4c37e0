import { afterAll, expect, test } from 'vitest'
import type { JsonObject } from '#language/json'
import { createTestContext, runPlugin } from '../../../test-context'
import plugin from './plugin'
import run from './run'

const ctx = await createTestContext()
afterAll(() => ctx.close())
const reverse = (properties: JsonObject) => runPlugin(plugin, run, ctx, properties)

test.each([
  ['a\nb\nc\n', {}, 'c\nb\na\n'],
  ['a\nb', {}, 'b\na\n'],
  ['a\n\nb\n', {}, 'b\n\na\n'],
  ['one', {}, 'one\n'],
  ['', {}, ''],
  ['a;b;c', { separator: ';' }, 'c;b;a;'],
  ['a--b', { separator: '--' }, 'b--a--'],
  ['é\nü\n', { charset: 'utf-8' }, 'ü\né\n'],
])('%j %j', async (content, properties, expected) => {
  const from = await ctx.storage.put('lines.txt', content)
  const { uri } = await reverse({ from, ...properties })
  expect(uri).toMatch(/\/reversed\.txt$/)
  expect(await ctx.read(String(uri))).toBe(expected)
})

test('a file of many blocks', async () => {
  const lines = Array.from({ length: 100_000 }, (_, n) => `line ${n}`)
  const from = await ctx.storage.put('many.txt', lines.join('\n'))
  const { uri } = await reverse({ from })
  expect(await ctx.read(String(uri))).toBe(`${lines.reverse().join('\n')}\n`)
})

test.each([[{ charset: 'klingon' }], [{ separator: '' }]])('%j is refused', async properties => {
  const from = await ctx.storage.put('x', 'x')
  await expect(reverse({ from, ...properties })).rejects.toThrow(/charset|separator/)
})

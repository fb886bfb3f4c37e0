import { afterAll, expect, test } from 'vitest'
import type { JsonObject } from '#language/json'
import { createTestContext, runPlugin } from '../../../test-context'
import plugin from './plugin'
import run from './run'

const ctx = await createTestContext()
afterAll(() => ctx.close())
const concat = (properties: JsonObject) => runPlugin(plugin, run, ctx, properties)
const one = await ctx.storage.put('one', '1')
const two = await ctx.storage.put('two', '2')

test.each([
  [{ files: [one, two, one] }, '121'],
  [{ files: JSON.stringify([one, two]), separator: ';' }, '1;2;'],
  [{ files: one }, '1'],
  [{ files: { a: two, b: one } }, '21'],
  [{ files: [] }, ''],
  [{ files: [one, null, ''] }, '1'],
])('%j', async (properties, expected) => {
  const { uri } = await concat(properties)
  expect(uri).toMatch(/\/concat\.tmp$/)
  expect(await ctx.read(String(uri))).toBe(expected)
})

test('a file that is not there, a text that is no list', async () => {
  await expect(concat({ files: [one, `${one}x`] })).rejects.toThrow('There is no file')
  await expect(concat({ files: '[broken' })).rejects.toThrow('files: the text is neither')
  await expect(concat({ files: ['file:///etc/passwd'] })).rejects.toThrow('no URI of the internal storage')
})

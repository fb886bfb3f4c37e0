import { afterAll, expect, test } from 'vitest'
import type { JsonObject } from '#language/json'
import { createTestContext, runPlugin } from '../../../test-context'
import plugin from './plugin'
import run from './run'

const ctx = await createTestContext()
afterAll(() => ctx.close())
const set = (properties: JsonObject) => runPlugin(plugin, run, ctx, properties)

test.each([
  [{ value: 'text' }, 'text'],
  [{ value: { a: [1] } }, { a: [1] }],
  [{ value: '12', kvType: 'NUMBER' }, 12],
  [{ value: 12, kvType: 'STRING' }, '12'],
  [{ value: 'TRUE', kvType: 'BOOLEAN' }, true],
  [{ value: '{"a":1}', kvType: 'JSON' }, { a: 1 }],
  [{ value: '2024-01-31', kvType: 'DATE' }, '2024-01-31'],
  [{ value: '2024-01-31T10:00:00Z', kvType: 'DATETIME' }, '2024-01-31T10:00:00Z'],
  [{ value: 'PT5M', kvType: 'DURATION' }, 'PT5M'],
])('%j', async (properties, expected) => {
  await set({ key: 'k', ...properties })
  expect(await ctx.kv.get('k')).toEqual({ value: expected })
})

test.each([
  [{ value: 'x', kvType: 'NUMBER' }, 'is no NUMBER'],
  [{ value: 'x', kvType: 'BOOLEAN' }, 'is no BOOLEAN'],
  [{ value: '{', kvType: 'JSON' }, 'is no JSON'],
  [{ value: '2024-13-31', kvType: 'DATE' }, 'is no DATE'],
  [{ value: 'soon', kvType: 'DURATION' }, 'is no DURATION'],
  [{ value: 'x', key: 'a b' }, 'a key has letters'],
])('%j is refused', async (properties, message) => {
  await expect(async () => set({ key: 'k', ...properties })).rejects.toThrow(message)
})

test('overwrite, ttl, namespace', async () => {
  await set({ key: 'once', value: 1 })
  await expect(set({ key: 'once', value: 2, overwrite: false })).rejects.toThrow()
  expect(await ctx.kv.get('once')).toEqual({ value: 1 })
  await set({ key: 'gone', value: 1, ttl: 'PT0S' })
  expect(await ctx.kv.get('gone')).toBeNull()
  await set({ key: 'elsewhere', value: 1, namespace: 'other' })
  expect(await ctx.kv.get('elsewhere')).toBeNull()
  expect(await ctx.kv.get('elsewhere', 'other')).toEqual({ value: 1 })
})

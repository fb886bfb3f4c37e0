import { afterAll, expect, test } from 'vitest'
import type { JsonObject } from '#language/json'
import { createTestContext, runPlugin } from '../../../test-context'
import plugin from './plugin'
import run from './run'

const ctx = await createTestContext()
afterAll(() => ctx.close())
const put = (properties: JsonObject) => runPlugin(plugin, run, ctx, properties)

test('merges maps deeply, replaces all else', async () => {
  await ctx.kv.set('k', { a: 1, b: { c: 1, d: [1] } })
  await put({ key: 'k', value: { b: { d: [2], e: 3 }, f: 4 } })
  expect(await ctx.kv.get('k')).toEqual({ value: { a: 1, b: { c: 1, d: [2], e: 3 }, f: 4 } })
  await put({ key: 'k', value: 'text' })
  expect(await ctx.kv.get('k')).toEqual({ value: 'text' })
})

test('sets parts by their paths', async () => {
  const parts = [
    { key: 'b.c', value: [2] },
    { key: 'n', value: { x: 1 } },
  ]
  await put({ key: 'p', value: parts })
  expect(await ctx.kv.get('p')).toEqual({ value: { b: { c: [2] }, n: { x: 1 } } })
  await put({ key: 'p', value: [{ key: 'b.d', value: 3 }] })
  expect(await ctx.kv.get('p')).toEqual({ value: { b: { c: [2], d: 3 }, n: { x: 1 } } })
  await put({ key: 'p', value: [{ value: 'all' }] })
  expect(await ctx.kv.get('p')).toEqual({ value: 'all' })
  await put({ key: 'list', value: [{ key: 'a', value: 1, more: 2 }] })
  expect(await ctx.kv.get('list')).toEqual({ value: [{ key: 'a', value: 1, more: 2 }] })
})

test('parts need a map and a key', async () => {
  await ctx.kv.set('t', 'text')
  await expect(put({ key: 't', value: [{ key: 'a', value: 1 }] })).rejects.toThrow('no map')
  await expect(put({ key: 'u', value: [{ value: 1 }, { key: 'a', value: 1 }] })).rejects.toThrow('needs a key')
})

test('a missing key is made, or is a failure', async () => {
  await put({ key: 'new', value: { a: 1 } })
  expect(await ctx.kv.get('new')).toEqual({ value: { a: 1 } })
  await expect(put({ key: 'newer', value: 1, errorOnMissing: true })).rejects.toThrow('There is no KV entry newer')
})

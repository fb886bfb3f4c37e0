import { afterAll, describe, expect, test } from 'vitest'
import { type RedisServer, startRedis } from '../../../test/harness/redis'
import { createTestContext, runPlugin } from '../test-context'
import popPlugin from './list/pop/plugin'
import pop from './list/pop/run'
import pushPlugin from './list/push/plugin'
import push from './list/push/run'
import deletePlugin from './string/delete/plugin'
import runDelete from './string/delete/run'
import getPlugin from './string/get/plugin'
import get from './string/get/run'
import setPlugin from './string/set/plugin'
import set from './string/set/run'

const server = await startRedis()
const ctx = await createTestContext()
afterAll(async () => {
  await ctx.close()
  await server?.stop()
})

describe.skipIf(server === null)('tasks of Redis', () => {
  const { url } = server as RedisServer

  test('push and pop elements of a list and of a file', async () => {
    const key = 'list'
    expect(await runPlugin(pushPlugin, push, ctx, { url, key, from: ['a', 2, { b: 1 }] })).toEqual({ count: 3 })
    const from = await ctx.storage.put('items.ion', '"c"\n{"d":1}\n')
    expect(await runPlugin(pushPlugin, push, ctx, { url, key, from, serdeType: 'JSON' })).toEqual({ count: 2 })
    const first = await runPlugin(popPlugin, pop, ctx, { url, key, serdeType: 'JSON', maxRecords: 2 })
    expect(first.count).toBe(2)
    expect(await ctx.read(String(first.uri))).toBe('{"d":1}\n"c"\n')
    const rest = await runPlugin(popPlugin, pop, ctx, { url, key, count: 2 })
    expect(await ctx.read(String(rest.uri))).toBe('"{\\"b\\":1}"\n"2"\n"a"\n')
    expect(await runPlugin(popPlugin, pop, ctx, { url, key })).toMatchObject({ count: 0 })
    await expect(runPlugin(pushPlugin, push, ctx, { url, key, from: 7 })).rejects.toThrow('from: write a list')
  })

  test('set, read and delete a key', async () => {
    const key = 'k'
    expect(await runPlugin(setPlugin, set, ctx, { url, key, value: { a: 1 }, serdeType: 'JSON' })).toEqual({})
    expect(await runPlugin(getPlugin, get, ctx, { url, key, serdeType: 'JSON' })).toEqual({ key, data: { a: 1 } })
    expect(await runPlugin(setPlugin, set, ctx, { url, key, value: 'x', get: true })).toEqual({ oldValue: '{"a":1}' })
    await runPlugin(setPlugin, set, ctx, { url, key, value: 'no', options: { mustNotExist: true } })
    expect(await runPlugin(getPlugin, get, ctx, { url, key })).toEqual({ key, data: 'x' })
    await expect(runPlugin(getPlugin, get, ctx, { url, key, serdeType: 'JSON' })).rejects.toThrow('no JSON')
    expect(await runPlugin(deletePlugin, runDelete, ctx, { url, keys: [key, 'none'] })).toEqual({ count: 1 })
    expect(await runPlugin(getPlugin, get, ctx, { url, key })).toEqual({ key })
  })

  test('an expired key is missing, which may be a failure', async () => {
    const options = { expirationDate: '2020-01-01T00:00:00Z' }
    await runPlugin(setPlugin, set, ctx, { url, key: 'gone', value: 'x', options })
    const missing = { url, key: 'gone', failedOnMissing: true }
    await expect(runPlugin(getPlugin, get, ctx, missing)).rejects.toThrow('There is no key gone')
    const keys = { url, keys: ['gone'], failedOnMissing: true }
    await expect(runPlugin(deletePlugin, runDelete, ctx, keys)).rejects.toThrow('1 of the keys gone')
    const wrong = { url, key: 'k', value: 'x', options: { expirationDate: 'soon' } }
    await expect(runPlugin(setPlugin, set, ctx, wrong)).rejects.toThrow('is no date')
  })
})

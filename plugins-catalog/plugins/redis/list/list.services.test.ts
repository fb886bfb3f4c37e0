import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { RealtimeEvent } from '#language/define-plugin'
import type { JsonObject } from '#language/json'
import { hostedEgress } from '#worker/activities/egress-guard'
import { type RedisServer, startRedis } from '../../../../test/harness/redis'
import { createTestContext, pollPlugin, type TestContext } from '../../test-context'
import { connect, type Redis } from '../shared/connect'
import realtime from './realtime-trigger/listen'
import realtimePlugin from './realtime-trigger/plugin'
import plugin from './trigger/plugin'
import polling from './trigger/poll'

const server = await startRedis()

describe.skipIf(server === null)('a Redis list', () => {
  const { url } = server as RedisServer
  const contexts: TestContext[] = []
  let redis: Redis
  let key = ''
  beforeAll(async () => {
    redis = await connect(await context(), url)
  })
  beforeEach(({ task }) => {
    key = `list ${task.name}`
  })
  afterAll(async () => {
    redis.close()
    await Promise.all(contexts.map(ctx => ctx.close()))
    await server?.stop()
  })

  async function context(): Promise<TestContext> {
    const ctx = await createTestContext()
    contexts.push(ctx)
    return ctx
  }
  const push = (...elements: string[]) => redis.send('RPUSH', key, ...elements)
  const lengths = async () => {
    const keys = (await redis.send('KEYS', '*')) as string[]
    const lists = keys.filter(name => name.includes(key) && !name.endsWith(':head'))
    return Promise.all(lists.map(list => redis.send('LLEN', list)))
  }

  /** Listens until so many events have come; `fail` is asked at each of them. */
  async function listen(count: number, properties: JsonObject = {}, fail = (_index: number) => false) {
    const ctx = await context()
    const events: RealtimeEvent[] = []
    const emit = async (event: RealtimeEvent) => {
      if (fail(events.length)) throw new Error('the database is away')
      events.push(event)
      if (events.length === count) setImmediate(() => ctx.abort())
    }
    const parsed = realtimePlugin.properties.parse({ url, key, ...properties })
    const error = await realtime.listen({ ...ctx, emit }, parsed).then(
      () => undefined,
      (reason: Error) => reason.message,
    )
    return { events, values: events.map(({ variables }) => variables.value), ids: events.map(({ id }) => id), error }
  }

  describe('in real time', () => {
    test('gives each element as it comes, equal ones too', async () => {
      await push('a', 'a')
      const listening = listen(4)
      await push('b', 'c')
      const { values, ids } = await listening
      expect(values).toEqual(['a', 'a', 'b', 'c'])
      expect(new Set(ids).size).toBe(4)
    })

    test('gives elements that were not kept again, under the same ids', async () => {
      await push('a', 'b', 'c')
      const first = await listen(9, {}, index => index === 2)
      expect(first).toMatchObject({ values: ['a', 'b'], error: 'the database is away' })
      const second = await listen(3)
      expect(second.values).toEqual(['a', 'b', 'c'])
      expect(second.ids.slice(0, 2)).toEqual(first.ids)
    })

    test('lets go of what is kept', async () => {
      await push('a')
      const listening = listen(2)
      await expect.poll(lengths).toEqual([])
      await push('b')
      await listening
    })

    test('lets two that listen at once lose nothing', async () => {
      const elements = Array.from({ length: 200 }, (_, index) => String(index))
      await push(...elements)
      const seen = new Map<string, unknown>()
      const both = await Promise.all([context(), context()])
      const stop = () => {
        for (const ctx of both) ctx.abort()
      }
      const emit = async ({ id, variables }: RealtimeEvent) => {
        seen.set(id, variables.value)
        if (seen.size === elements.length) setImmediate(stop)
      }
      const properties = realtimePlugin.properties.parse({ url, key })
      await Promise.allSettled(both.map(ctx => realtime.listen({ ...ctx, emit }, properties)))
      expect([...seen.values()].toSorted((one, other) => Number(one) - Number(other))).toEqual(elements)
    })

    test('reads JSON, and says of what is none', async () => {
      await push('{"n":1}', 'nope')
      const { events } = await listen(2, { serdeType: 'JSON' })
      expect(events).toMatchObject([
        { variables: { value: { n: 1 } } },
        { variables: { value: 'nope' }, failure: expect.stringContaining('no JSON') },
      ])
    })

    test.each([
      [{ url: 'http://x' }, 'write redis://host:6379/0'],
      [{ url: 'redis://127.0.0.1:1/0' }, 'Redis at 127.0.0.1:1: connect ECONNREFUSED'],
      [{ url: 'redis://127.0.0.1/shop' }, 'the database of a Redis server is a number'],
    ])('%j is refused', async (properties, message) => {
      expect((await listen(1, properties)).error).toContain(message)
    })

    test('the hosted guard keeps triggers from the inside', async () => {
      const guarded = await createTestContext({ guard: hostedEgress() })
      contexts.push(guarded)
      await expect(connect(guarded, url)).rejects.toThrow('is refused')
    })
  })

  describe('in polls', () => {
    const poll = async (properties: JsonObject = {}, ctx?: TestContext) =>
      pollPlugin(plugin, polling, ctx ?? (await context()), { url, key, ...properties })

    test('gives the elements as a file, until they are settled', async () => {
      const ctx = await context()
      expect(await poll({}, ctx)).toEqual({})
      await push('a', '{"n":1}', 'c')
      const { variables, unsettled } = await poll({ maxRecords: 2 }, ctx)
      expect(variables).toMatchObject({ count: 2 })
      expect(await ctx.read(String(variables!.uri))).toBe('"a"\n"{\\"n\\":1}"\n')
      expect(await poll({ maxRecords: 2 })).toMatchObject({ variables: { count: 2 }, unsettled })
      const properties = plugin.properties.parse({ url, key })
      for (const _ of ['once', 'again']) await polling.settle?.({ ...ctx, memory: {} }, properties, unsettled!)
      expect(await poll()).toMatchObject({ variables: { count: 1 } })
    })

    test('reads JSON', async () => {
      const ctx = await context()
      await push('{"n":1}')
      const { variables } = await poll({ serdeType: 'JSON' }, ctx)
      expect(await ctx.read(String(variables!.uri))).toBe('{"n":1}\n')
    })
  })
})

import { afterAll, expect, test } from 'vitest'
import type { JsonObject } from '#language/json'
import { createTestContext, runPlugin } from '../../../test-context'
import plugin from './plugin'
import run from './run'

const ctx = await createTestContext()
afterAll(() => ctx.close())
const split = (properties: JsonObject) => runPlugin(plugin, run, ctx, properties)
const from = await ctx.storage.put('lines.csv', 'a1\nb2\na3\r\nb4\nc')

test.each([
  [{ rows: 2 }, ['a1\nb2\n', 'a3\nb4\n', 'c\n']],
  [{ partitions: 2 }, ['a1\na3\nc\n', 'b2\nb4\n']],
  [{ partitions: 9 }, ['a1\n', 'b2\n', 'a3\n', 'b4\n', 'c\n']],
  [{ bytes: '6B' }, ['a1\nb2\n', 'a3\nb4\n', 'c\n']],
  [{ bytes: '7B' }, ['a1\nb2\na3\n', 'b4\nc\n']],
  [{ bytes: '1' }, ['a1\n', 'b2\n', 'a3\n', 'b4\n', 'c\n']],
  [{ bytes: '10MB' }, ['a1\nb2\na3\nb4\nc\n']],
  [{ regexPattern: '^(\\w)\\d' }, ['a1\na3\n', 'b2\nb4\n']],
  [{ regexPattern: 'nothing' }, []],
  [{ rows: 1, bytes: '6B' }, ['a1\nb2\n', 'a3\nb4\n', 'c\n']],
  [{ rows: 1, partitions: 2 }, ['a1\na3\nc\n', 'b2\nb4\n']],
  [{ rows: 5, separator: ';' }, ['a1;b2;a3;b4;c;']],
])('%j', async (properties, expected) => {
  const uris = (await split({ from, ...properties })).uris as string[]
  expect(await Promise.all(uris.map(uri => ctx.read(uri)))).toEqual(expected)
  for (const uri of uris) expect(uri).toMatch(/\/part-\d+\.csv$/)
})

test('more parts than may be open at once', async () => {
  const many = await ctx.storage.put('many', Array.from({ length: 1000 }, (_, n) => `${n % 250}`).join('\n'))
  const uris = (await split({ from: many, regexPattern: '(.*)' })).uris as string[]
  expect(uris).toHaveLength(250)
  expect(await ctx.read(uris[7] as string)).toBe('7\n7\n7\n7\n')
})

test.each([
  [{}, 'needs one of'],
  [{ rows: 0 }, 'at least 1'],
  [{ bytes: 'much' }, 'not a size'],
  [{ regexPattern: '(' }, 'no regular expression'],
])('%j is refused', async (properties, message) => {
  await expect(split({ from, ...properties })).rejects.toThrow(message)
})

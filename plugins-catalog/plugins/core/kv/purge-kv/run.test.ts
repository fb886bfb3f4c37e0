import { expect, test } from 'vitest'
import type { JsonObject } from '#language/json'
import { createTestContext, runPlugin } from '../../../test-context'
import plugin from './plugin'
import run from './run'

const all = { type: 'key', expiredOnly: false }

/** Five entries, one of them expired; what is left of those that live. */
async function purge(properties: JsonObject): Promise<{ size: unknown; left: string[] }> {
  const ctx = await createTestContext()
  try {
    await ctx.kv.set('old', 1, { ttlMs: 0 })
    await ctx.kv.set('color', 1)
    await ctx.kv.set('a.color', 1)
    await ctx.kv.set('up', 1, { namespace: 'company' })
    await ctx.kv.set('other', 1, { namespace: 'companyother' })
    const { size } = await runPlugin(plugin, run, ctx, properties)
    const namespaces = ['company', 'company.team', 'companyother']
    const left = await Promise.all(namespaces.map(namespace => ctx.kv.keys('', namespace)))
    return { size: size ?? null, left: left.flat() }
  } finally {
    await ctx.close()
  }
}

test.each([
  [{}, 1, ['up', 'a.color', 'color', 'other']],
  [{ namespaces: ['companyother'] }, 0, ['up', 'a.color', 'color', 'other']],
  [{ behavior: all }, 5, []],
  [{ expiredOnly: false }, 5, []],
  [{ behavior: all, namespaces: ['company'] }, 4, ['other']],
  [{ behavior: all, namespaces: ['company'], includeChildNamespaces: false }, 1, ['a.color', 'color', 'other']],
  [{ behavior: all, namespacePattern: 'company.*' }, 3, ['up', 'other']],
  [{ behavior: all, keyPattern: '*color' }, 2, ['up', 'other']],
  [{ behavior: { type: 'version', keepAmount: 1 } }, 0, ['up', 'a.color', 'color', 'other']],
] satisfies [JsonObject, number, string[]][])('%j', async (properties, size, left) => {
  expect(await purge(properties)).toEqual({ size, left })
})

test('either names or a pattern', async () => {
  await expect(purge({ namespaces: ['a'], namespacePattern: 'b' })).rejects.toThrow('Only one of')
})

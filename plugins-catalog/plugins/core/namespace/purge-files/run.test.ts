import { afterAll, expect, test } from 'vitest'
import { createTestContext, runPlugin } from '../../../test-context'
import plugin from './plugin'
import run from './run'

const ctx = await createTestContext()
afterAll(() => ctx.close())

test('the newest version stays, whatever is asked for', async () => {
  const files = ctx.storage.namespaceFiles()
  await files.put('a.sql', 'SELECT 1')
  const behavior = { type: 'version', before: '2999-01-01T00:00:00Z' }
  expect(await runPlugin(plugin, run, ctx, { filePattern: '**', behavior })).toEqual({ size: 0 })
  expect(await files.list()).toEqual(['a.sql'])
  expect(ctx.logs).toContainEqual({ level: 'INFO', message: expect.stringContaining('nothing to purge') })
})

test('either names or a pattern', async () => {
  await expect(runPlugin(plugin, run, ctx, { namespaces: ['a'], namespacePattern: 'b' })).rejects.toThrow('Only one of')
})

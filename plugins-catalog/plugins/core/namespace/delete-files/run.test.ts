import { afterAll, expect, test } from 'vitest'
import type { JsonObject } from '#language/json'
import { createTestContext, runPlugin } from '../../../test-context'
import plugin from './plugin'
import run from './run'

const ctx = await createTestContext()
afterAll(() => ctx.close())
const files = ctx.storage.namespaceFiles()
const remove = (properties: JsonObject) => runPlugin(plugin, run, ctx, { namespace: 'company.team', ...properties })

test('by globs', async () => {
  for (const path of ['a.py', 'b.sql', 'd/c.sql']) await files.put(path, path)
  expect(await remove({ files: ['**/*.sql'] })).toEqual({ files: { '/b.sql': true, '/d/c.sql': true } })
  expect(await files.list()).toEqual(['a.py'])
  expect(await remove({ files: 'nothing' })).toEqual({ files: {} })
})

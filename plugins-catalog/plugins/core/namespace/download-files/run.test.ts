import { afterAll, expect, test } from 'vitest'
import type { JsonObject } from '#language/json'
import { createTestContext, runPlugin } from '../../../test-context'
import plugin from './plugin'
import run from './run'

const ctx = await createTestContext()
afterAll(() => ctx.close())
const files = ctx.storage.namespaceFiles()
const download = (properties: JsonObject) => runPlugin(plugin, run, ctx, { namespace: 'company.team', ...properties })

test.each([
  ['main.py', ['/main.py']],
  [['/main.py'], ['/main.py']],
  ['**/*.sql', ['/q/deep/b.sql', '/q/a.sql']],
  ['q/*', ['/q/a.sql']],
  [
    ['main.py', 'q/**'],
    ['/main.py', '/q/a.sql', '/q/deep/b.sql'],
  ],
  ['none', []],
])('%j', async (patterns, expected) => {
  for (const path of ['main.py', 'q/a.sql', 'q/deep/b.sql']) await files.put(path, path)
  const result = (await download({ files: patterns })).files as Record<string, string>
  expect(Object.keys(result).sort()).toEqual([...expected].sort())
  for (const [path, uri] of Object.entries(result)) expect(await ctx.read(uri)).toBe(path.slice(1))
})

test('under a destination', async () => {
  await files.put('main.py', 'x')
  const result = (await download({ files: 'main.py', destination: 'in/' })).files as Record<string, string>
  expect(result).toEqual({ '/in/main.py': expect.stringMatching(/^kestra:\/\/\/.*\/t1\/in\/main\.py$/) })
})

import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createTestContext } from '../../../test-context'
import plugin from './plugin'
import run from './run'

const ctx = await createTestContext()
afterAll(ctx.close)
const folder = await ctx.workingDir()
const shared = { ...ctx, workingDir: async () => folder }

test('writes files, and stores those that match; a link leads nowhere', async () => {
  const stored = await ctx.storage.put('a.txt', 'stored')
  const inputs = { 'hello.txt': 'Hello', 'sub/copy.txt': stored }
  expect(await run(shared, plugin.properties.parse({ inputs }))).toEqual({ uris: {} })
  await symlink('/etc/hostname', join(folder, 'sub', 'link.txt'))
  const { uris } = (await run(shared, plugin.properties.parse({ outputs: ['sub/**'] }))) as {
    uris: { [name: string]: string }
  }
  expect(Object.keys(uris)).toEqual(['sub/copy.txt'])
  expect(await ctx.read(uris['sub/copy.txt']!)).toBe('stored')
})

test('a name that leaves the folder is refused', async () => {
  await expect(run(shared, plugin.properties.parse({ inputs: { '../x': 'y' } }))).rejects.toThrow()
})

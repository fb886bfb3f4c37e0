import { chmod, mkdir, mkdtemp, readFile, readlink, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createStorage, type Storage } from '#db/storage'
import type { JsonObject } from '#language/json'
import { openFolderCache } from './folder-cache'

let base: string
let storage: Storage
let count = 0

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'millrace-folder-cache-'))
  storage = createStorage(pathToFileURL(join(base, 'storage')).toString())
})
afterEach(() => rm(base, { recursive: true, force: true }))

const execution = { tenantId: 'acme', executionId: 'e', namespace: 'company.team', flowId: 'flow' }

async function open(cache: JsonObject, place: { flowId?: string; value?: string } = {}) {
  const folder = join(base, `folder${count++}`)
  await mkdir(folder)
  const { flowId = 'flow', value = null } = place
  const opened = openFolderCache(
    { storage, execution: { ...execution, flowId }, taskId: 'dir', value, folder },
    { cache },
  )!
  return { folder, ...opened }
}

const modules = { patterns: ['node_modules/**'] }

async function fill(folder: string, text = 'one') {
  await mkdir(join(folder, 'node_modules/.bin'), { recursive: true })
  await writeFile(join(folder, 'node_modules/one.js'), text)
  await chmod(join(folder, 'node_modules/one.js'), 0o755)
  await writeFile(join(folder, 'node_modules/empty'), '')
  await symlink('../one.js', join(folder, 'node_modules/.bin/one'))
  await symlink('/etc/passwd', join(folder, 'node_modules/outside'))
  await writeFile(join(folder, 'other.txt'), 'other')
}

describe('a folder that is cached', () => {
  test('gets what matches back, with modes, times and links within it', async () => {
    const first = await open(modules)
    expect(await first.restore()).toBe(false)
    await fill(first.folder)
    await utimes(join(first.folder, 'node_modules/one.js'), 1_700_000_000, 1_700_000_000)
    expect(await first.save()).toBe(true)
    const second = await open(modules)
    expect(await second.restore()).toBe(true)
    const inSecond = (name: string) => join(second.folder, 'node_modules', name)
    expect(await readFile(inSecond('.bin/one'), 'utf8')).toBe('one')
    expect(await readlink(inSecond('.bin/one'))).toBe('../one.js')
    expect(await readFile(inSecond('empty'), 'utf8')).toBe('')
    const { mode, mtimeMs } = await stat(inSecond('one.js'))
    expect([mode & 0o777, mtimeMs]).toEqual([0o755, 1_700_000_000_000])
    await expect(readFile(join(second.folder, 'other.txt'))).rejects.toThrow('ENOENT')
    await expect(readlink(inSecond('outside'))).rejects.toThrow('ENOENT')
  })

  test.each([
    ['nothing', async () => {}, false],
    ['a file that does not match', (folder: string) => writeFile(join(folder, 'more.txt'), 'x'), false],
    ['a new file', (folder: string) => writeFile(join(folder, 'node_modules/two.js'), 'x'), true],
    ['a file that is gone', (folder: string) => rm(join(folder, 'node_modules/one.js')), true],
    ['another content', (folder: string) => writeFile(join(folder, 'node_modules/one.js'), 'longer'), true],
  ])('is kept anew after %s: %#', async (_, change, isSaved) => {
    const first = await open(modules)
    await fill(first.folder)
    await first.save()
    const second = await open(modules)
    await second.restore()
    await change(second.folder)
    expect(await second.save()).toBe(isSaved)
  })

  test('forgets what is older than its ttl', async () => {
    const first = await open(modules)
    await fill(first.folder)
    await first.save()
    expect(await (await open({ ...modules, ttl: 'PT1H' })).restore()).toBe(true)
    expect(await (await open({ ...modules, ttl: 'PT0S' })).restore()).toBe(false)
    expect(await (await open(modules)).restore()).toBe(false)
  })

  test('shares nothing with another flow or value', async () => {
    const first = await open(modules, { flowId: 'my_flow' })
    await fill(first.folder)
    await first.save()
    expect(await (await open(modules, { flowId: 'my-flow' })).restore()).toBe(false)
    expect(await (await open(modules, { flowId: 'my_flow', value: 'a' })).restore()).toBe(false)
    expect(await (await open(modules, { flowId: 'my_flow' })).restore()).toBe(true)
  })

  test('says what is wrong with its properties', () => {
    const options = { storage, execution, taskId: 'dir', value: null, folder: base }
    expect(openFolderCache(options, {})).toBeUndefined()
    expect(() => openFolderCache(options, { cache: { patterns: 'x' } })).toThrow('no list of globs')
    expect(() => openFolderCache(options, { cache: { patterns: [], ttl: 'soon' } })).toThrow('"soon" is not a duration')
  })
})

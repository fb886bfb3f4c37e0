import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import type { NamespaceAccess } from '#db/namespace-access'
import { createStorage } from '#db/storage'
import { chooseUnkept, type Kept, sweepArchives, sweepFolders } from './sweep-packages'
import { createTaskStorage } from './task-storage'

const root = await mkdtemp(join(tmpdir(), 'millrace-packages-'))
afterAll(() => rm(root, { recursive: true, force: true }))

/** All is open. */
const access: NamespaceAccess = { admitted: async holders => [...holders], refusal: async () => null }

const dayMs = 24 * 3600 * 1000
const limits = { unusedMs: 30 * dayMs, bytes: 100, inUseMs: dayMs }
const kept = (path: string, bytes: number, days: number): Kept => ({ path, bytes, usedAtMs: -days * dayMs })

test.each<[string, Kept[], string[]]>([
  ['nothing where all is little and used', [kept('a', 50, 29), kept('b', 50, 2)], []],
  ['what was not used for 30 days', [kept('a', 1, 30), kept('b', 1, 29)], ['a']],
  ['the oldest until the rest is little enough', [kept('c', 60, 2), kept('a', 60, 4), kept('b', 40, 3)], ['a']],
  ['not what was used today', [kept('a', 500, 0.5), kept('b', 1, 3)], ['b']],
])('goes: %s', (_, items, expected) => {
  expect(chooseUnkept(items, 0, limits)).toEqual(expected)
})

test('an archive that tasks use stays; an unused one, and one of a tenant that keeps too much, goes', async () => {
  const storage = createStorage(pathToFileURL(join(root, 'storage')).href)
  const ref = { namespace: 'company.team', flowId: 'f', executionId: 'e', taskId: 't', taskRunId: 'r' }
  const { cache } = createTaskStorage({ ...ref, storage, access, tenantId: 'acme' })
  const sweep = (days: number, bytes = 100) =>
    sweepArchives({
      ...{ storage, tenantId: 'acme', namespaces: ['company.team', 'company'], limits: { ...limits, bytes } },
      nowMs: Date.now() + days * dayMs,
    })
  await cache.put('python/one.tgz', Readable.from(['packages']))
  expect(await sweep(29)).toBe(0)
  const content = await cache.open('python/one.tgz')
  expect(await text(content!)).toBe('packages')
  expect(await sweep(29)).toBe(0)
  expect(await sweep(2, 7)).toBe(1)
  expect(await cache.open('python/one.tgz')).toBeUndefined()
  const left: string[] = []
  for await (const { path } of storage.list('acme', '')) left.push(path)
  expect(left).toEqual([])
})

test('folders of this machine go tenant by tenant', async () => {
  const at = (...parts: string[]) => join(root, 'machine', 'python', ...parts)
  for (const [tenant, name, days] of [
    ['a', 'old', 31],
    ['a', 'new', 2],
    ['b', 'large', 2],
    ['b', 'small', 1.5],
  ] as const) {
    await mkdir(at(tenant, name, 'bin'), { recursive: true })
    await writeFile(at(tenant, name, 'bin/file'), 'x'.repeat(name === 'large' ? 90 : 20))
    const usedAt = new Date(Date.now() - days * dayMs)
    await utimes(at(tenant, name), usedAt, usedAt)
  }
  expect(await sweepFolders(join(root, 'machine'), Date.now(), limits)).toBe(2)
  expect([await readdir(at('a')), await readdir(at('b'))]).toEqual([['new'], ['small']])
  expect(await sweepFolders(join(root, 'nowhere'), Date.now(), limits)).toBe(0)
})

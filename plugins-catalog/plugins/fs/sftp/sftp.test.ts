import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { JsonObject } from '#language/json'
import { hostedEgress } from '#worker/activities/egress-guard'
import { startSftp } from '../../../../test/harness/sftp'
import { createTestContext, runPlugin } from '../../test-context'
import deletePlugin from './delete/plugin'
import runDelete from './delete/run'
import download from './download/plugin'
import runDownload from './download/run'
import downloads from './downloads/plugin'
import runDownloads from './downloads/run'
import list from './list/plugin'
import runList from './list/run'
import move from './move/plugin'
import runMove from './move/run'
import trigger from './trigger/plugin'
import polling from './trigger/poll'
import upload from './upload/plugin'
import runUpload from './upload/run'
import uploads from './uploads/plugin'
import runUploads from './uploads/run'

const server = await startSftp()
const ctx = await createTestContext()
const folder = server?.folder ?? ''
const connection: JsonObject = {
  host: 'localhost',
  port: server?.port ?? 22,
  username: server?.username ?? '',
  keyfile: server?.keyfile ?? '',
}

beforeEach(async context => {
  if (server === null) return context.skip()
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder)
})

afterAll(async () => {
  await server?.stop()
  await ctx.close()
})

let seconds = 1_700_000_000

/** Each file a second later than the one before, and none just now. */
async function put(path: string, content = `content of ${path}`): Promise<void> {
  const file = join(folder, path)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, content)
  await utimes(file, ++seconds, seconds)
}

async function paths(below = '.'): Promise<string[]> {
  const entries = await readdir(join(folder, below), { recursive: true, withFileTypes: true })
  return entries
    .filter(entry => !entry.isDirectory())
    .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()
}

const files = (output: JsonObject, name = 'name') => (output.files as JsonObject[]).map(file => file[name]).sort()

describe('Upload and Download', () => {
  test('a file goes into a folder that is made for it, and comes back', async () => {
    const from = await ctx.storage.put('a b.txt', 'some text')
    const uploaded = await runPlugin(upload, runUpload, ctx, { ...connection, from, to: '/new/deep/größe.txt' })
    expect(uploaded).toEqual({ from, to: `sftp://localhost/new/deep/gr%C3%B6%C3%9Fe.txt` })
    expect(await readFile(join(folder, 'new/deep/größe.txt'), 'utf8')).toBe('some text')
    await runPlugin(upload, runUpload, ctx, { ...connection, from })
    await runPlugin(upload, runUpload, ctx, { ...connection, from, to: 'new/' })
    expect(await paths()).toEqual(['a b.txt', 'new/a b.txt', 'new/deep/größe.txt'])
    const again = { ...connection, from, to: 'a b.txt', overwrite: false }
    await expect(runPlugin(upload, runUpload, ctx, again)).rejects.toThrow('is there already')
    const { to } = await runPlugin(download, runDownload, ctx, { ...connection, from: 'a b.txt' })
    expect(await ctx.read(String(to))).toBe('some text')
  })

  test('a large file goes and comes whole, and its checksum is compared', async () => {
    const part = Buffer.alloc(1024 * 1024, 'x')
    const from = await ctx.storage.put('large', Readable.from(Array.from({ length: 20 }, () => part)))
    await runPlugin(upload, runUpload, ctx, { ...connection, from, to: '/large' })
    const hash = createHash('sha256')
    for (let index = 0; index < 20; index++) hash.update(part)
    const wanted = { ...connection, from: '/large', validateChecksum: true }
    const get = (checksumExpected: string) => runPlugin(download, runDownload, ctx, { ...wanted, checksumExpected })
    const { to } = await get(hash.digest('hex').toUpperCase())
    expect(await ctx.storage.size(String(to))).toBe(20 * 1024 * 1024)
    await expect(get('beef')).rejects.toThrow(/has the checksum [0-9a-f]{64}, not/)
    await expect(runPlugin(download, runDownload, ctx, wanted)).rejects.toThrow('needs checksumExpected')
  })

  test('several at once', async () => {
    const [a, b] = [await ctx.storage.put('a.txt', 'a'), await ctx.storage.put('b.txt', 'b')]
    const go = (properties: JsonObject) =>
      runPlugin(uploads, runUploads, ctx, { ...connection, to: '/out', ...properties })
    expect(await go({ from: [a, b] })).toEqual({ files: ['sftp://localhost/out/a.txt', 'sftp://localhost/out/b.txt'] })
    await go({ from: JSON.stringify({ 'c.txt': a, 'd.txt': b }), maxFiles: 1 })
    expect(await paths()).toEqual(['out/a.txt', 'out/b.txt', 'out/c.txt'])
    expect(ctx.logs.at(-1)).toMatchObject({ level: expect.any(String) })
  })
})

describe('List, Downloads, Move, Delete', () => {
  beforeEach(async () => {
    for (const path of ['in/a.csv', 'in/b.txt', 'in/deep/c.csv']) await put(path)
    await symlink(join(folder, 'in/a.csv'), join(folder, 'in/link.csv'))
    await symlink(join(folder, 'in'), join(folder, 'in/loop'))
  })

  test('list', async () => {
    const go = (properties: JsonObject) => runPlugin(list, runList, ctx, { ...connection, from: '/in', ...properties })
    const all = await go({})
    expect(files(all)).toEqual(['a.csv', 'b.txt', 'link.csv'])
    expect((all.files as JsonObject[]).find(({ name }) => name === 'a.csv')).toEqual({
      path: '/in/a.csv',
      name: 'a.csv',
      fileType: 'FILE',
      symbolicLink: false,
      size: 19,
      userId: expect.any(Number),
      groupId: expect.any(Number),
      permissions: expect.any(Number),
      accessDate: expect.stringMatching(/^20/),
      updatedDate: expect.stringMatching(/^20/),
    })
    expect(files(await go({ recursive: true, regExp: '.*/[ac]\\.csv' }), 'path')).toEqual([
      '/in/a.csv',
      '/in/deep/c.csv',
    ])
    expect((await go({ maxFiles: 2 })).files).toHaveLength(2)
    expect(files(await go({ from: join(folder, 'in'), rootDir: false }))).toEqual(['a.csv', 'b.txt', 'link.csv'])
    await expect(go({ from: '/nowhere' })).rejects.toThrow(
      "Can't open the folder /nowhere on the SFTP server: there is none",
    )
  })

  test('downloads that move', async () => {
    const action = { action: 'MOVE', moveDirectory: '/in/done/' }
    const output = await runPlugin(downloads, runDownloads, ctx, {
      ...connection,
      from: 'in',
      recursive: true,
      regExp: '.*[ac]\\.csv',
      ...action,
    })
    expect(files(output)).toEqual(['a.csv', 'c.csv'])
    const { outputFiles } = output as { outputFiles: Record<string, string> }
    expect(await ctx.read(outputFiles['c.csv'] ?? '')).toBe('content of in/deep/c.csv')
    expect(await paths()).toEqual(['in/b.txt', 'in/done/a.csv', 'in/done/c.csv', 'in/link.csv', 'in/loop'])
    await expect(
      runPlugin(downloads, runDownloads, ctx, { ...connection, from: 'in', action: 'MOVE' }),
    ).rejects.toThrow('needs moveDirectory')
  })

  test('move and delete', async () => {
    const go = (properties: JsonObject) => runPlugin(move, runMove, ctx, { ...connection, ...properties })
    expect(await go({ from: '/in/a.csv', to: '/other/' })).toEqual({
      from: 'sftp://localhost/in/a.csv',
      to: 'sftp://localhost/other/a.csv',
    })
    await expect(go({ from: '/in/b.txt', to: '/other/a.csv' })).rejects.toThrow('is there already')
    await go({ from: '/in/b.txt', to: '/other/a.csv', overwrite: true })
    expect(await readFile(join(folder, 'other/a.csv'), 'utf8')).toBe('content of in/b.txt')
    await expect(go({ from: '/in/b.txt', to: '/x' })).rejects.toThrow('There is no file /in/b.txt')
    const gone = (uri: string, more = {}) => runPlugin(deletePlugin, runDelete, ctx, { ...connection, uri, ...more })
    expect(await gone('/other/a.csv')).toMatchObject({ deleted: true })
    expect(await gone('/other/a.csv')).toMatchObject({ deleted: false })
    await expect(gone('/other/a.csv', { errorOnMissing: true })).rejects.toThrow('errorOnMissing')
  })
})

describe('connections', () => {
  const go = (properties: JsonObject, by = ctx) =>
    runPlugin(list, runList, by, { ...connection, from: '/', ...properties })

  test('a sealed key', async () => {
    const { sealedKeyfile = '', passphrase = '' } = server ?? {}
    expect(await go({ keyfile: sealedKeyfile, passphrase })).toEqual({ files: [] })
    await expect(go({ keyfile: sealedKeyfile, passphrase: 'wrong' })).rejects.toThrow(
      "Can't connect to the SFTP server",
    )
  })

  test.each<[JsonObject, RegExp]>([
    [{ username: 'nobody-here' }, /as nobody-here: All configured authentication methods failed/],
    [{ keyfile: 'no key' }, /Can't connect to the SFTP server localhost:\d+ as .*Cannot parse privateKey/],
    [{ port: 1 }, /localhost:1 as .*ECONNREFUSED/],
    [{ host: 'nowhere.invalid' }, /The host nowhere.invalid is not found/],
    [{ proxyAddress: 'proxy' }, /proxyAddress is not supported/],
  ])('%j', async (properties, message) => {
    await expect(go(properties)).rejects.toThrow(message)
  })

  test('a hosted worker reaches no private address; a kill ends the session', async () => {
    const hosted = await createTestContext({ guard: hostedEgress() })
    await expect(go({}, hosted)).rejects.toThrow(/is refused: /)
    hosted.abort(new Error('killed'))
    await expect(go({}, { ...hosted, resolveHost: ctx.resolveHost })).rejects.toThrow('killed')
    await hosted.close()
  })
})

describe('Trigger', () => {
  function watch(properties: JsonObject) {
    const parsed = trigger.properties.parse({ ...connection, from: '/in', ...properties })
    let memory: JsonObject = {}
    return {
      async poll() {
        const polled = await polling.poll({ ...ctx, memory }, parsed)
        memory = polled.memory ?? memory
        const objects = (polled.variables?.files ?? []) as { path: string; name: string; changeType: string }[]
        const found = objects.map(
          async ({ path, name, changeType }) => `${changeType} ${name}: ${await ctx.read(path)}`,
        )
        return { found: (await Promise.all(found)).sort(), unsettled: polled.unsettled }
      },
      settle: async (unsettled: JsonObject | undefined) =>
        unsettled && polling.settle?.({ ...ctx, memory }, parsed, unsettled),
    }
  }

  test('NONE: each version once', async () => {
    const { poll } = watch({ recursive: true })
    await put('in/a', '1')
    await put('in/deep/a', '2')
    expect((await poll()).found).toEqual(['CREATE a: 1', 'CREATE a: 2'])
    expect(await poll()).toEqual({ found: [], unsettled: undefined })
    await put('in/a', '1, and more')
    expect((await poll()).found).toEqual(['UPDATE a: 1, and more'])
    expect((await poll()).found).toEqual([])
  })

  test('one that has just changed waits', async () => {
    const { poll } = watch({})
    await put('in/a')
    await writeFile(join(folder, 'in/b'), 'half of it')
    expect((await poll()).found).toEqual(['CREATE a: content of in/a'])
    await put('in/b')
    expect((await poll()).found).toEqual(['CREATE b: content of in/b'])
  })

  test('MOVE: what came meanwhile stays and is found; settling twice does no harm', async () => {
    const { poll, settle } = watch({ action: 'MOVE', moveDirectory: '/in/done', recursive: true })
    await put('in/a', 'old')
    await put('in/b', 'other')
    const { unsettled } = await poll()
    await put('in/a', 'newer one')
    await settle(unsettled)
    await settle(unsettled)
    expect(await paths()).toEqual(['in/a', 'in/done/b'])
    const next = await poll()
    expect(next.found).toEqual(['CREATE a: newer one'])
    await settle(next.unsettled)
    expect([await paths(), (await poll()).found]).toEqual([['in/done/a', 'in/done/b'], []])
  })

  test('DELETE: the oldest first; what was not settled is deleted by the next poll, and starts nothing again', async () => {
    const { poll } = watch({ action: 'DELETE', maxFiles: 1 })
    await put('in/old')
    await put('in/new')
    expect((await poll()).found).toEqual(['CREATE old: content of in/old'])
    expect((await poll()).found).toEqual(['CREATE new: content of in/new'])
    expect(await paths()).toEqual(['in/new'])
    expect([(await poll()).found, await paths()]).toEqual([[], []])
  })
})

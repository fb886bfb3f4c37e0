import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { JsonObject } from '#language/json'
import { createTestContext, runPlugin } from '../../test-context'
import copy from './copy/plugin'
import runCopy from './copy/run'
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

const root = await mkdtemp(join(tmpdir(), 'millrace-local-'))
const open = join(root, 'open')
const outside = join(root, 'outside')
const ctx = await createTestContext({ machine: { hasCredentials: true, folders: [open, join(root, 'missing')] } })

beforeEach(async () => {
  await rm(open, { recursive: true, force: true })
  await rm(outside, { recursive: true, force: true })
  await put('../outside/secret', 'a secret')
})

afterAll(async () => {
  await ctx.close()
  await rm(root, { recursive: true, force: true })
})

let seconds = 1_700_000_000

/** Each file a second later than the one before, and none just now. */
async function put(path: string, content = `content of ${path}`): Promise<string> {
  const file = join(open, path)
  await mkdir(dirname(file), { recursive: true })
  await mkdir(open, { recursive: true })
  await writeFile(file, content)
  await utimes(file, ++seconds, seconds)
  return file
}

async function paths(): Promise<string[]> {
  const entries = await readdir(open, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => !entry.isDirectory())
  return files.map(entry => join(entry.parentPath, entry.name).slice(open.length + 1)).sort()
}

const at = (path: string) => join(open, path)
const get = (from: string) => runPlugin(download, runDownload, ctx, { from })
const write = (properties: JsonObject) => runPlugin(upload, runUpload, ctx, properties)

describe('what is not open', () => {
  const refusal = /is not below a folder that is open to tasks/

  test.each([
    '/etc/passwd',
    join(outside, 'secret'),
    join(open, '../outside/secret'),
    `${open}-too/x`,
    'file:///etc/passwd',
  ])('%s', async path => {
    await expect(get(path)).rejects.toThrow(refusal)
    const from = await ctx.storage.put('x', 'x')
    await expect(write({ from, to: path })).rejects.toThrow(refusal)
    await expect(runPlugin(deletePlugin, runDelete, ctx, { from: path })).rejects.toThrow(refusal)
  })

  test('links lead out neither to read nor to write', async () => {
    await symlink(outside, at('folder'))
    await symlink(join(outside, 'secret'), at('file'))
    await symlink(join(outside, 'new'), at('dangling'))
    const from = await ctx.storage.put('x', 'x')
    for (const path of ['folder/secret', 'file']) await expect(get(at(path))).rejects.toThrow(refusal)
    for (const path of ['folder/new', 'file', 'dangling', 'dangling/x']) {
      await expect(write({ from, to: at(path) })).rejects.toThrow(refusal)
    }
    await put('mine')
    const moved = { from: at('mine'), to: at('folder/mine') }
    await expect(runPlugin(move, runMove, ctx, moved)).rejects.toThrow(refusal)
    await expect(runPlugin(list, runList, ctx, { from: at('folder') })).rejects.toThrow(refusal)
    expect(await runPlugin(list, runList, ctx, { from: open, recursive: true })).toMatchObject({ count: 1 })
    expect(await readdir(outside)).toEqual(['secret'])
  })

  test('deleting takes a link, not what it leads to, and never the open folder', async () => {
    await put('in/a')
    await symlink(outside, at('in/folder'))
    const gone = (from: string) => runPlugin(deletePlugin, runDelete, ctx, { from, recursive: true })
    await expect(gone(open)).rejects.toThrow(refusal)
    expect(await gone(at('in'))).toEqual({ deleted: true })
    expect([await paths(), await readFile(join(outside, 'secret'), 'utf8')]).toEqual([[], 'a secret'])
  })

  test('nothing is, unless the operator says so', async () => {
    const closed = await createTestContext()
    const path = await put('a')
    await expect(runPlugin(download, runDownload, closed, { from: path })).rejects.toThrow('MILLRACE_LOCAL_FOLDERS')
    await closed.close()
  })

  test.each([
    ['relative/path', /no absolute path/],
    [at('none'), /There is no file/],
    [open, /is a folder/],
  ])('nor of use: %s', async (path, message) => {
    await put('a')
    await expect(get(path)).rejects.toThrow(message)
  })
})

describe('tasks', () => {
  test('write and read', async () => {
    const from = await ctx.storage.put('a b.txt', 'some text')
    const path = at('new/deep/x.txt')
    expect(await write({ from, to: path })).toEqual({ uri: pathToFileURL(path).href, size: 9 })
    await write({ from, to: `${open}/` })
    await expect(write({ from, to: path, overwrite: false })).rejects.toThrow('is there already')
    const { uri, size } = await get(pathToFileURL(path).href)
    expect([await ctx.read(String(uri)), size]).toEqual(['some text', 9])
    const several = { from: { 'x.sql': from, 'y.txt': from }, regExp: '.*\\.txt', to: at('many') }
    expect(await runPlugin(uploads, runUploads, ctx, several)).toEqual({
      files: [pathToFileURL(at('many/x.sql')).href, pathToFileURL(at('many/y.txt')).href],
    })
    expect(await paths()).toEqual(['a b.txt', 'many/x.sql', 'many/y.txt', 'new/deep/x.txt'])
  })

  test('list, copy, move', async () => {
    await put('in/a.csv')
    await put('in/deep/b.csv')
    await put('in/c.txt')
    execFileSync('mkfifo', [at('in/pipe.csv')])
    await symlink(at('in/c.txt'), at('in/link.csv'))
    const listed = await runPlugin(list, runList, ctx, { from: at('in'), regExp: '.*\\.csv' })
    expect((listed.files as JsonObject[]).map(({ name }) => name).sort()).toEqual(['a.csv', 'link.csv'])
    expect((listed.files as JsonObject[]).find(({ name }) => name === 'a.csv')).toEqual({
      uri: pathToFileURL(at('in/a.csv')).href,
      localPath: at('in/a.csv'),
      name: 'a.csv',
      parent: at('in'),
      size: 19,
      createdDate: expect.stringMatching(/^20/),
      modifiedDate: expect.stringMatching(/^20/),
      accessedDate: expect.stringMatching(/^20/),
      directory: false,
    })
    await runPlugin(copy, runCopy, ctx, { from: at('in/a.csv'), to: at('copy.csv') })
    await expect(runPlugin(move, runMove, ctx, { from: at('in/a.csv'), to: at('copy.csv') })).rejects.toThrow(
      'overwrite',
    )
    await runPlugin(move, runMove, ctx, { from: at('in/c.txt'), to: at('in/deep') })
    expect(await paths()).toEqual([
      'copy.csv',
      'in/a.csv',
      'in/deep/b.csv',
      'in/deep/c.txt',
      'in/link.csv',
      'in/pipe.csv',
    ])
  })

  test('delete', async () => {
    await put('in/a')
    const gone = (properties: JsonObject) => runPlugin(deletePlugin, runDelete, ctx, { from: at('in'), ...properties })
    await expect(gone({})).rejects.toThrow('not empty')
    expect([await gone({ recursive: true }), await gone({})]).toEqual([{ deleted: true }, { deleted: false }])
    await expect(gone({ errorOnMissing: true })).rejects.toThrow('errorOnMissing')
  })

  test('downloads that delete', async () => {
    await put('in/a.csv', 'a')
    await put('in/b.txt')
    const wanted = { from: at('in'), regExp: '.*\\.csv', action: 'DELETE' }
    const { outputFiles } = await runPlugin(downloads, runDownloads, ctx, wanted)
    const uri = (outputFiles as Record<string, string>)[at('in/a.csv')]
    expect([await ctx.read(uri ?? ''), await paths()]).toEqual(['a', ['in/b.txt']])
  })
})

describe('Trigger', () => {
  function watch(properties: JsonObject) {
    const parsed = trigger.properties.parse({ from: at('in'), ...properties })
    let memory: JsonObject = {}
    return async ({ meanwhile = async () => {} }: { meanwhile?: () => Promise<unknown> } = {}) => {
      const polled = await polling.poll({ ...ctx, memory }, parsed)
      memory = polled.memory ?? memory
      await meanwhile()
      if (polled.unsettled) await polling.settle?.({ ...ctx, memory }, parsed, polled.unsettled)
      const files = (polled.variables?.files ?? []) as { uri: string; name: string; changeType: string }[]
      const found = files.map(async ({ uri, name, changeType }) => `${changeType} ${name}: ${await ctx.read(uri)}`)
      return (await Promise.all(found)).sort()
    }
  }

  test('NONE: each version once, even one of the same size', async () => {
    const poll = watch({})
    await put('in/a', '1')
    expect([await poll(), await poll()]).toEqual([['CREATE a: 1'], []])
    await put('in/a', '2')
    expect([await poll(), await poll()]).toEqual([['UPDATE a: 2'], []])
  })

  test('MOVE into the folder itself; what came meanwhile stays and is found', async () => {
    const poll = watch({ recursive: true, action: 'MOVE', moveDirectory: at('in/done') })
    await put('in/a', 'old')
    await put('in/b', 'other')
    expect(await poll({ meanwhile: () => put('in/a', 'newer') })).toEqual(['CREATE a: old', 'CREATE b: other'])
    expect(await paths()).toEqual(['in/a', 'in/done/b'])
    expect([await poll(), await poll(), await paths()]).toEqual([['CREATE a: newer'], [], ['in/done/a', 'in/done/b']])
  })

  test('a folder that is not there is told of', async () => {
    await expect(watch({})()).rejects.toThrow(`Can't use ${at('in')}: there is none`)
  })
})

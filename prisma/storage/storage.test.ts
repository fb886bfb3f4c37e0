import { mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Moto, startMoto } from '../../test/harness/moto'
import { createStorage } from './create-storage'
import { FileNotFound, type Storage, StoragePathRefused, type StoredFile } from './storage'

const folder = await mkdtemp(join(tmpdir(), 'millrace-storage-'))
const moto = await startMoto()

beforeAll(async () => {
  if (!moto) return
  Object.assign(process.env, moto.env)
  const client = new S3Client({ endpoint: moto.endpoint, region: 'us-east-1', forcePathStyle: true })
  await client.send(new CreateBucketCommand({ Bucket: 'millrace' }))
})

afterAll(async () => {
  await moto?.stop()
  await rm(folder, { recursive: true, force: true })
})

const backends: [string, () => Storage][] = [
  ['local folder', () => createStorage(pathToFileURL(folder).href)],
  ...(moto ? [['S3', () => createStorage(s3Url(moto))] as [string, () => Storage]] : []),
]

describe.each(backends)('%s', (_name, open) => {
  const storage = open()
  const read = async (path: string, range?: { start: number; end?: number }) =>
    text(await storage.open('acme', path, range))

  test('what was put is read back', async () => {
    expect(await storage.put('acme', 'a/b/hello.txt', 'hé')).toEqual({ size: 3 })
    expect(await read('a/b/hello.txt')).toBe('hé')
    await storage.put('acme', 'a/b/bytes', Buffer.from([0, 255, 1]))
    expect(await buffer(await storage.open('acme', 'a/b/bytes'))).toEqual(Buffer.from([0, 255, 1]))
    await storage.put('acme', 'a/b/empty', '')
    expect(await read('a/b/empty')).toBe('')
    expect(await storage.stat('acme', 'a/b/empty')).toMatchObject({ path: 'a/b/empty', size: 0 })
  })

  test('a stream larger than a part arrives whole', async () => {
    const chunk = Buffer.alloc(1024 * 1024, 'x')
    const { size } = await storage.put('acme', 'big', Readable.from(Array(20).fill(chunk)))
    expect(size).toBe(20 * 1024 * 1024)
    expect((await storage.stat('acme', 'big')).size).toBe(size)
    let total = 0
    for await (const part of await storage.open('acme', 'big')) total += part.length
    expect(total).toBe(size)
  })

  test('a second put replaces the first', async () => {
    await storage.put('acme', 'twice', 'one and long')
    await storage.put('acme', 'twice', 'two')
    expect(await read('twice')).toBe('two')
  })

  test('a stream that breaks leaves the old file', async () => {
    await storage.put('acme', 'kept', 'old')
    const breaking = Readable.from(
      (async function* () {
        yield 'new'
        throw new Error('line cut')
      })(),
    )
    await expect(storage.put('acme', 'kept', breaking)).rejects.toThrow('line cut')
    expect(await read('kept')).toBe('old')
    await expect(storage.put('acme', 'never', Readable.from(breakAtOnce()))).rejects.toThrow('line cut')
    expect(await storage.exists('acme', 'never')).toBe(false)
  })

  test('a stream that broke before it was read is told, not thrown about', async () => {
    const broken = new Readable({ read() {} })
    const put = storage.put('acme', 'broken', broken)
    broken.destroy(new Error('line cut'))
    await expect(put).rejects.toThrow('line cut')
    const brokenBefore = new Readable({ read() {} }).on('error', () => {})
    brokenBefore.destroy(new Error('line cut'))
    await expect(storage.put('acme', 'broken', brokenBefore)).rejects.toThrow()
    expect(await storage.exists('acme', 'broken')).toBe(false)
  })

  test.each([
    [{ start: 0, end: 3 }, '012'],
    [{ start: 8 }, '89'],
    [{ start: 4, end: 5 }, '4'],
    [{ start: 8, end: 100 }, '89'],
    [{ start: 4, end: 4 }, ''],
    [{ start: 10 }, ''],
    [{ start: 50, end: 60 }, ''],
  ])('range %j', async (range, expected) => {
    await storage.put('acme', 'digits', '0123456789')
    expect(await read('digits', range)).toBe(expected)
  })

  test('a file that is not there', async () => {
    await expect(storage.open('acme', 'nope/x')).rejects.toBeInstanceOf(FileNotFound)
    await expect(storage.stat('acme', 'nope')).rejects.toBeInstanceOf(FileNotFound)
    expect(await storage.exists('acme', 'nope')).toBe(false)
    expect(await storage.delete('acme', 'nope')).toBe(false)
    expect(await storage.deletePrefix('acme', 'nope')).toBe(0)
    expect(await collect(storage.list('acme', 'nope'))).toEqual([])
  })

  test('list and deletePrefix know folders, not beginnings of names', async () => {
    for (const path of ['run/1/x', 'run/1/deep/y', 'run/10/z', 'run/1.txt']) await storage.put('beta', path, path)
    const paths = async (prefix: string) => (await collect(storage.list('beta', prefix))).map(file => file.path).sort()
    expect(await paths('run/1')).toEqual(['run/1/deep/y', 'run/1/x'])
    expect(await storage.deletePrefix('beta', 'run/1')).toBe(2)
    expect(await paths('run')).toEqual(['run/1.txt', 'run/10/z'])
    expect(await storage.delete('beta', 'run/10/z')).toBe(true)
    expect(await paths('')).toEqual(['run/1.txt'])
  })

  test('tenants do not see each other', async () => {
    await storage.put('acme', 'mine', 'secret')
    expect(await storage.exists('acme2', 'mine')).toBe(false)
    await expect(storage.open('acme2', 'mine')).rejects.toBeInstanceOf(FileNotFound)
    expect(await collect(storage.list('acm', ''))).toEqual([])
    expect(await storage.deletePrefix('acme2', '')).toBe(0)
    expect(await read('mine')).toBe('secret')
  })

  test.each([
    '../acme/mine',
    'a/../../acme/mine',
    '/etc/passwd',
    'a\0b',
    'a\\b',
    'a\nb',
    '',
    '.',
    'x'.repeat(256),
    'long/'.repeat(200),
  ])('the path %j is refused by all', async path => {
    const refused = expect.objectContaining({ name: 'StoragePathRefused' })
    await expect(storage.put('acme', path, 'x')).rejects.toEqual(refused)
    await expect(storage.open('acme', path)).rejects.toEqual(refused)
    await expect(storage.stat('acme', path)).rejects.toEqual(refused)
    await expect(storage.exists('acme', path)).rejects.toEqual(refused)
    await expect(storage.delete('acme', path)).rejects.toEqual(refused)
  })

  test.each(['', '..', 'a/b', '.incoming', 'a.b', 'ä'])('the tenant %j is refused', async tenantId => {
    await expect(storage.put(tenantId, 'x', 'x')).rejects.toBeInstanceOf(StoragePathRefused)
    await expect(storage.open(tenantId, 'x')).rejects.toBeInstanceOf(StoragePathRefused)
    await expect(collect(storage.list(tenantId, ''))).rejects.toBeInstanceOf(StoragePathRefused)
  })

  test('odd but honest names are kept', async () => {
    for (const name of ['with space', 'ünï', 'a+b', 'a%20b', 'q?x#y', '...', 'emoji 🎈']) {
      await storage.put('acme', `odd/${name}`, name)
      expect(await read(`odd//./${name}`)).toBe(name)
    }
  })
})

describe('local folder', () => {
  test('many may write into a folder that none of them has found', async () => {
    const storage = createStorage(pathToFileURL(folder).href)
    const write = async (path: string, turns: number) => {
      for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate)
      await storage.put('acme', path, path)
    }
    for (let round = 0; round < 30; round++) {
      const paths = Array.from({ length: 24 }, (_, index) => `writers/${round}/a/${index}/b/c.txt`)
      await Promise.all(paths.map(write))
      expect(await text(await storage.open('acme', paths[7]!))).toBe(paths[7])
    }
  })

  test('symbolic links out of the tenant are refused', async () => {
    const storage = createStorage(pathToFileURL(folder).href)
    await storage.put('linked', 'inside', 'fine')
    await storage.put('other', 'secret', 'secret')
    await symlink(join(folder, 'other'), join(folder, 'linked', 'out'))
    await symlink('/nowhere', join(folder, 'linked', 'dangling'))
    for (const path of ['out/secret', 'out/new', 'dangling', 'dangling/x']) {
      await expect(storage.put('linked', path, 'x')).rejects.toBeInstanceOf(StoragePathRefused)
      await expect(storage.open('linked', path)).rejects.toBeInstanceOf(StoragePathRefused)
    }
    expect((await collect(storage.list('linked', ''))).map(file => file.path)).toEqual(['inside'])
    expect(await storage.deletePrefix('linked', '')).toBe(1)
    expect(await text(await storage.open('other', 'secret'))).toBe('secret')
  })

  test('nothing half-written stays, and it starts with a file in its place reported', async () => {
    const storage = createStorage(pathToFileURL(folder).href)
    await expect(storage.put('acme', 'broken', Readable.from(breakAtOnce()))).rejects.toThrow()
    expect(await readdir(join(folder, '.incoming'))).toEqual([])
    const file = join(folder, 'a-file')
    await writeFile(file, '')
    await expect(createStorage(pathToFileURL(file).href).put('acme', 'x', 'x')).rejects.toThrow(/ENOTDIR|EEXIST/)
  })
})

test.each(['/plain/path', 'ftp://host/x', ''])('the storage URL %j is refused', url => {
  expect(() => createStorage(url)).toThrow('STORAGE_URL')
})

function s3Url({ endpoint }: Moto): string {
  return `s3://millrace/some/prefix?endpoint=${encodeURIComponent(endpoint)}&region=us-east-1&forcePathStyle=true`
}

async function collect(files: AsyncIterable<StoredFile>): Promise<StoredFile[]> {
  const all: StoredFile[] = []
  for await (const file of files) all.push(file)
  return all
}

async function* breakAtOnce(): AsyncGenerator<string> {
  yield ''
  throw new Error('line cut')
}

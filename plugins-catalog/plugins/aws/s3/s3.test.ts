import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { gunzipSync, gzipSync } from 'node:zlib'
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { Polled } from '#language/define-plugin'
import type { JsonObject } from '#language/json'
import { hostedEgress } from '#worker/activities/egress-guard'
import { startMoto } from '../../../../test/harness/moto'
import { createTestContext, runPlugin } from '../../test-context'
import copy from './copy/plugin'
import runCopy from './copy/run'
import createBucket from './create-bucket/plugin'
import runCreateBucket from './create-bucket/run'
import deletePlugin from './delete/plugin'
import runDelete from './delete/run'
import deleteList from './delete-list/plugin'
import runDeleteList from './delete-list/run'
import download from './download/plugin'
import runDownload from './download/run'
import downloads from './downloads/plugin'
import runDownloads from './downloads/run'
import list from './list/plugin'
import runList from './list/run'
import trigger from './trigger/plugin'
import polling from './trigger/poll'
import upload from './upload/plugin'
import runUpload from './upload/run'

const moto = await startMoto({ pageKeys: 20 })
const ctx = await createTestContext()
const connection = {
  accessKeyId: 'test',
  secretKeyId: 'test',
  region: 'us-east-1',
  endpointOverride: moto?.endpoint ?? '',
} satisfies JsonObject
const client = new S3Client({
  endpoint: connection.endpointOverride,
  region: 'us-east-1',
  forcePathStyle: true,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
})
let bucket: string
let at: JsonObject

beforeEach(async context => {
  if (moto === null) return context.skip()
  bucket = `b-${randomUUID()}`
  at = { ...connection, bucket }
  await client.send(new CreateBucketCommand({ Bucket: bucket }))
})

afterAll(async () => {
  client.destroy()
  await moto?.stop()
  await ctx.close()
})

async function put(key: string, content = `content of ${key}`): Promise<void> {
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: Buffer.from(content) }))
}

async function keysOf(properties: JsonObject): Promise<string[]> {
  const { objects } = await runPlugin(list, runList, ctx, { ...at, ...properties })
  return (objects as JsonObject[]).map(({ key }) => String(key))
}

const keys = (where = bucket) => keysOf({ bucket: where, maxFiles: 1000 })

async function textAt(key: string): Promise<string> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
  return (await Body?.transformToString()) ?? ''
}

describe('Upload and Download', () => {
  test('a file goes and comes back with what is told of it', async () => {
    const from = await ctx.storage.put('a b.txt', 'some text')
    const key = 'in/größe (1) + 2.txt'
    const uploaded = await runPlugin(upload, runUpload, ctx, {
      ...at,
      from,
      key,
      contentType: 'text/plain',
      metadata: { team: 'blue' },
      tagging: { a: 'x y' },
    })
    expect(uploaded).toEqual({ bucket, key, eTag: expect.any(String) })
    const downloaded = await runPlugin(download, runDownload, ctx, { ...at, key })
    expect(downloaded).toEqual({
      uri: expect.stringMatching(/^kestra:/),
      eTag: uploaded.eTag,
      contentLength: 9,
      contentType: 'text/plain',
      metadata: { team: 'blue' },
    })
    expect(await ctx.read(String(downloaded.uri))).toBe('some text')
  })

  test('several files at once: a list, a map, and JSON text of a list', async () => {
    const [a, b] = [await ctx.storage.put('a.txt', 'a'), await ctx.storage.put('b.txt', 'b')]
    const uploadAll = (from: JsonObject[string]) => runPlugin(upload, runUpload, ctx, { ...at, from, key: 'many/' })
    expect(await uploadAll([a, b])).toMatchObject({ bucket, files: { 'many/a.txt': { contentLength: 1 } } })
    await uploadAll({ 'c.txt': a })
    await uploadAll(JSON.stringify([b]))
    expect(await keys()).toEqual(['many/a.txt', 'many/b.txt', 'many/c.txt'])
    await expect(uploadAll(['file:///etc/passwd'])).rejects.toThrow('is no URI of a stored file')
  })

  test('a large file goes in parts and comes back whole', async () => {
    const part = Buffer.alloc(1024 * 1024, 'x')
    const from = await ctx.storage.put('large', Readable.from(Array.from({ length: 20 }, () => part)))
    await runPlugin(upload, runUpload, ctx, { ...at, from, key: 'large' })
    const { uri, contentLength } = await runPlugin(download, runDownload, ctx, { ...at, key: 'large' })
    expect(contentLength).toBe(20 * 1024 * 1024)
    expect(await ctx.storage.size(String(uri))).toBe(20 * 1024 * 1024)
  })

  test('what is stored compressed comes as it is stored', async () => {
    const zipped = gzipSync('was zipped')
    const command = { Bucket: bucket, Key: 'a.gz', Body: zipped, ContentEncoding: 'gzip' }
    await client.send(new PutObjectCommand(command))
    const { uri } = await runPlugin(download, runDownload, ctx, { ...at, key: 'a.gz' })
    const chunks = await (await ctx.storage.open(String(uri))).toArray()
    expect(gunzipSync(Buffer.concat(chunks)).toString()).toBe('was zipped')
  })

  test('several by a filter', async () => {
    for (const key of ['in/a.csv', 'in/b.csv', 'in/c.txt', 'in/deep/d.csv', 'x.csv']) await put(key)
    const filter = { prefix: 'in/', delimiter: '/', regexp: '.*\\.csv' }
    const { files } = await runPlugin(download, runDownload, ctx, { ...at, ...filter })
    expect(Object.keys(files as JsonObject)).toEqual(['in/a.csv', 'in/b.csv'])
    const { objects, outputFiles } = await runPlugin(downloads, runDownloads, ctx, { ...at, ...filter, maxFiles: 1 })
    expect(objects).toMatchObject([{ key: 'in/a.csv', size: 19, uri: expect.any(String) }])
    expect(outputFiles).toEqual({ 'in/a.csv': (objects as JsonObject[])[0]?.uri })
    expect(ctx.logs.at(-1)?.message).toContain('maxFiles')
  })
})

describe('what a user can mend', () => {
  test.each<[string, JsonObject, RegExp]>([
    ['no such object', { key: 'nothing' }, /There is no object s3:\/\/b-.*\/nothing/],
    ['no such bucket', { key: 'k', bucket: 'nowhere' }, /Can't read s3:\/\/nowhere\/k: NoSuchBucket/],
    ['nothing to look for', {}, /key is missing/],
    ['half a key', { key: 'k', secretKeyId: undefined as never }, /belong together/],
    ['a bad pattern', { regexp: '[' }, /regexp: "\[" is no regular expression/],
    ['no endpoint', { key: 'k', endpointOverride: 'nonsense' }, /endpointOverride: nonsense is no address/],
    ['a role', { key: 'k', stsRoleArn: 'arn:aws:iam::1:role/x' }, /stsRoleArn is not supported/],
  ])('%s', async (_, properties, message) => {
    await expect(runPlugin(download, runDownload, ctx, { ...at, ...properties })).rejects.toThrow(message)
  })

  test('a hosted worker reaches no private address and lends no credentials', async () => {
    const hosted = await createTestContext({ guard: hostedEgress(), machine: { hasCredentials: false, folders: [] } })
    const get = (properties: JsonObject) => runPlugin(download, runDownload, hosted, { ...at, key: 'k', ...properties })
    await expect(get({})).rejects.toThrow(/is refused: /)
    await expect(get({ endpointOverride: 'http://169.254.169.254' })).rejects.toThrow(/is refused: /)
    await expect(get({ accessKeyId: undefined as never, secretKeyId: undefined as never })).rejects.toThrow(
      'lends tasks no credentials',
    )
    await hosted.close()
  })
})

describe('List, Copy, Delete, DeleteList, CreateBucket', () => {
  test('list over more than a page, with a filter, and delete what was listed', async () => {
    const names = Array.from({ length: 45 }, (_, index) => `n/${index + 10}`)
    for (const name of names) await put(name, 'x')
    await put('n/dir/')
    expect(await keys()).toEqual([...names, 'n/dir/'])
    expect(await keysOf({ regexp: 'n/5.', filter: 'FILES' })).toEqual(names.slice(40))
    expect(await keysOf({ filter: 'DIRECTORY' })).toEqual(['n/dir/'])
    expect(await keysOf({ prefix: 'n/', marker: 'n/52', maxKeys: 2 })).toEqual(['n/53', 'n/54'])
    const remove = (properties: JsonObject) =>
      runPlugin(deleteList, runDeleteList, ctx, { ...at, prefix: 'n/', ...properties })
    expect(await remove({ maxKeys: 30, concurrent: 4 })).toEqual({ count: 30, size: 30 })
    expect(await remove({ filter: 'FILES' })).toEqual({ count: 15, size: 15 })
    expect(await remove({ filter: 'FILES' })).toEqual({ count: 0, size: 0 })
    await expect(remove({ filter: 'FILES', errorOnEmpty: true })).rejects.toThrow('nothing to delete')
  })

  test('copy and delete', async () => {
    const other = `o-${randomUUID()}`
    expect(await runPlugin(createBucket, runCreateBucket, ctx, { ...connection, bucket: other })).toMatchObject({
      bucket: other,
    })
    await put('dir/a&b.txt')
    const from = { bucket, key: 'dir/a&b.txt' }
    const copied = await runPlugin(copy, runCopy, ctx, { ...connection, from, to: { bucket: other }, delete: true })
    expect(copied).toEqual({ bucket: other, key: 'dir/a&b.txt', eTag: expect.any(String) })
    expect([await keys(), await keys(other)]).toEqual([[], ['dir/a&b.txt']])
    await runPlugin(deletePlugin, runDelete, ctx, { ...at, bucket: other, key: 'dir/a&b.txt' })
    expect(await keys(other)).toEqual([])
    await expect(runPlugin(copy, runCopy, ctx, { ...connection, from })).rejects.toThrow('There is no object')
  })

  test('downloads that move', async () => {
    await put('in/a.txt')
    const moveTo = { key: 'archive/' }
    await runPlugin(downloads, runDownloads, ctx, { ...at, prefix: 'in/', action: 'MOVE', moveTo })
    expect(await keys()).toEqual(['archive/a.txt'])
    await expect(runPlugin(downloads, runDownloads, ctx, { ...at, action: 'MOVE' })).rejects.toThrow('needs moveTo')
  })
})

describe('Trigger', () => {
  /** Polls as a worker does: what is kept of one is what the next begins with. */
  function watch(properties: JsonObject) {
    const parsed = trigger.properties.parse({ ...at, ...properties })
    let memory: JsonObject = {}
    return {
      async poll(): Promise<{ found: string[]; unsettled?: JsonObject; polled: Polled }> {
        const polled = await polling.poll({ ...ctx, memory }, parsed)
        memory = polled.memory ?? memory
        const objects = (polled.variables?.objects ?? []) as { key: string; uri: string; changeType: string }[]
        const found = await Promise.all(
          objects.map(async ({ key, uri, changeType }) => `${changeType} ${key}: ${await ctx.read(uri)}`),
        )
        return { found, unsettled: polled.unsettled, polled }
      },
      settle: async (unsettled: JsonObject | undefined) =>
        unsettled && polling.settle?.({ ...ctx, memory }, parsed, unsettled),
    }
  }

  test('NONE: each version once', async () => {
    const { poll } = watch({ prefix: 'in/' })
    await put('in/a', '1')
    await put('other', 'x')
    await put('in/dir/', '')
    expect((await poll()).found).toEqual(['CREATE in/a: 1'])
    expect(await poll()).toEqual({ found: [], unsettled: undefined, polled: {} })
    await put('in/a', '2')
    expect((await poll()).found).toEqual(['UPDATE in/a: 2'])
    expect((await poll()).found).toEqual([])
  })

  test('DELETE: gone once it is settled, however often that is done', async () => {
    const { poll, settle } = watch({ action: 'DELETE', maxFiles: 2 })
    for (const key of ['a', 'b', 'c']) await put(key)
    const first = await poll()
    expect(first.found).toHaveLength(2)
    expect(await keys()).toHaveLength(3)
    await settle(first.unsettled)
    await settle(first.unsettled)
    expect(await keys()).toHaveLength(1)
    const second = await poll()
    expect(second.found).toHaveLength(1)
    await settle(second.unsettled)
    expect(await keys()).toEqual([])
  })

  test('MOVE: what came meanwhile stays and is found; what was moved is not found again', async () => {
    const { poll, settle } = watch({ action: 'MOVE', moveTo: { key: 'archive' } })
    await put('a', 'old')
    await put('b', 'other')
    const { unsettled } = await poll()
    await put('a', 'newer')
    await settle(unsettled)
    expect(await keys()).toEqual(['a', 'archive/b'])
    const next = await poll()
    expect(next.found).toEqual(['CREATE a: newer'])
    await settle(next.unsettled)
    expect([await keys(), await textAt('archive/a')]).toEqual([['archive/a', 'archive/b'], 'newer'])
    expect((await poll()).found).toEqual([])
  })

  test('what was not settled is deleted by the next poll, and starts nothing', async () => {
    const { poll } = watch({ action: 'DELETE' })
    await put('a')
    await poll()
    expect(await poll()).toMatchObject({ found: [], unsettled: undefined })
    expect(await keys()).toEqual([])
  })

  test('a trigger that leaves files alone now deletes none that it took before', async () => {
    await put('a')
    const { unsettled } = await watch({ action: 'DELETE' }).poll()
    await watch({ action: 'NONE' }).settle(unsettled)
    expect(await keys()).toEqual(['a'])
  })
})

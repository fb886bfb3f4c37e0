import { pipeline, Readable, Transform } from 'node:stream'
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { normalizeFolder, normalizePath, tenantFolder } from './paths'
import { toSource } from './source'
import { FileNotFound, type Storage, type StoredFile } from './storage'

/** Two parts of 8 MiB in flight bound the memory of an upload; 10,000 parts make 80 GiB. */
const partBytes = 8 * 1024 * 1024
const partsInFlight = 2

/** Storage in a bucket of S3 or of anything that speaks it. Credentials come from the SDK's usual places. */
export function createS3Storage(url: URL): Storage {
  const bucket = url.hostname
  const root = normalizeFolder(decodeURIComponent(url.pathname).replace(/^\/+/, ''))
  const client = createClient(url)
  const keyOf = (tenantId: string, path: string) =>
    [root, tenantFolder(tenantId), path].filter(part => part !== '').join('/')

  async function* listKeys(tenantId: string, folder: string): AsyncGenerator<StoredFile> {
    const base = `${keyOf(tenantId, '')}/`
    const prefix = `${keyOf(tenantId, normalizeFolder(folder))}/`
    let next: string | undefined
    do {
      const page = await client.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: next }),
      )
      for (const object of page.Contents ?? []) {
        if (!object.Key) continue
        const modifiedAt = object.LastModified ?? new Date(0)
        yield { path: object.Key.slice(base.length), size: object.Size ?? 0, modifiedAt }
      }
      next = page.NextContinuationToken
    } while (next)
  }

  async function stat(tenantId: string, path: string): Promise<StoredFile> {
    const normal = normalizePath(path)
    const head = await client
      .send(new HeadObjectCommand({ Bucket: bucket, Key: keyOf(tenantId, normal) }))
      .catch(onMissing(normal))
    return { path: normal, size: head.ContentLength ?? 0, modifiedAt: head.LastModified ?? new Date(0) }
  }

  async function exists(tenantId: string, path: string): Promise<boolean> {
    return stat(tenantId, path).then(
      () => true,
      error => {
        if (error instanceof FileNotFound) return false
        throw error
      },
    )
  }

  return {
    async put(tenantId, path, content) {
      const key = keyOf(tenantId, normalizePath(path))
      const counter = countBytes()
      const source = toSource(content)
      // A broken source breaks the counter, and that the upload; its outcome is told there.
      pipeline(source, counter.stream, () => {})
      const upload = new Upload({
        client,
        params: { Bucket: bucket, Key: key, Body: counter.stream },
        partSize: partBytes,
        queueSize: partsInFlight,
      })
      try {
        await upload.done()
      } catch (error) {
        source.destroy()
        throw error
      }
      return { size: counter.bytes() }
    },
    async open(tenantId, path, range) {
      const normal = normalizePath(path)
      if (range && range.end !== undefined && range.start >= range.end) return Readable.from([])
      const object = await client
        .send(new GetObjectCommand({ Bucket: bucket, Key: keyOf(tenantId, normal), Range: rangeHeader(range) }))
        .catch(onMissing(normal))
        .catch(onEmptyRange)
      return object === null ? Readable.from([]) : (object.Body as Readable)
    },
    stat,
    exists,
    async delete(tenantId, path) {
      if (!(await exists(tenantId, path))) return false
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: keyOf(tenantId, normalizePath(path)) }))
      return true
    },
    async deletePrefix(tenantId, folder) {
      let count = 0
      let batch: { Key: string }[] = []
      const flush = async () => {
        if (batch.length > 0) await deleteAll(client, bucket, batch)
        count += batch.length
        batch = []
      }
      for await (const file of listKeys(tenantId, folder)) {
        batch.push({ Key: keyOf(tenantId, file.path) })
        if (batch.length === 1000) await flush()
      }
      await flush()
      return count
    },
    list: listKeys,
  }
}

function createClient(url: URL): S3Client {
  const endpoint = url.searchParams.get('endpoint')
  return new S3Client({
    region: url.searchParams.get('region') ?? process.env.AWS_REGION ?? 'us-east-1',
    forcePathStyle: url.searchParams.get('forcePathStyle') === 'true',
    ...(endpoint && { endpoint }),
    // Many stores that speak S3 know none of the newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
}

async function deleteAll(client: S3Client, bucket: string, objects: { Key: string }[]): Promise<void> {
  const result = await client.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: objects } }))
  const failed = result.Errors?.[0]
  if (failed) throw new Error(`S3 did not delete ${failed.Key}: ${failed.Code} ${failed.Message}`)
}

function countBytes(): { stream: Transform; bytes(): number } {
  let bytes = 0
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      done(null, chunk)
    },
  })
  return { stream, bytes: () => bytes }
}

function rangeHeader(range: { start: number; end?: number } | undefined): string | undefined {
  if (!range) return undefined
  return `bytes=${range.start}-${range.end === undefined ? '' : range.end - 1}`
}

function statusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode
}

function onMissing(path: string): (error: unknown) => never {
  return error => {
    throw statusOf(error) === 404 ? new FileNotFound(path) : error
  }
}

/** A range that starts behind the end: an empty stream, as a local file gives. */
function onEmptyRange(error: unknown): null {
  if (statusOf(error) === 416) return null
  throw error
}

import type { PutObjectCommandInput, S3Client } from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import type { z } from 'zod'
import { type Run, TaskError } from '#language/define-plugin'
import type { JsonObject } from '#language/json'
import { readSources } from '../../../fs/shared/sources'
import { call } from '../shared/call'
import { openS3, type S3Context } from '../shared/client'
import { encryptionName } from '../shared/remove'
import type plugin from './plugin'

type Properties = z.output<(typeof plugin)['properties']>

/** Two parts of 8 MiB in flight bound the memory of an upload; 10,000 parts make 80 GiB. */
const partBytes = 8 * 1024 * 1024
const partsInFlight = 2

const run: Run<typeof plugin> = async (ctx, properties) => {
  const { bucket, key } = properties
  const sources = readSources(properties.from)
  const client = openS3(ctx, properties)
  const files: JsonObject = {}
  for (const { name, uri } of sources.files) {
    const target = sources.isOne ? key : `${key.replace(/\/+$/, '')}/${name}`
    files[target] = await upload(ctx, client, { target, uri, properties })
  }
  const { contentLength: _, ...identity } = sources.isOne ? (files[key] as JsonObject) : {}
  const told: JsonObject = sources.isOne ? { key, ...identity } : { files }
  return { bucket, ...told }
}

export default run

async function upload(
  ctx: S3Context,
  client: S3Client,
  { target, uri, properties }: { target: string; uri: string; properties: Properties },
): Promise<JsonObject> {
  const contentLength = await ctx.storage.size(uri)
  const body = await ctx.storage.open(uri)
  const params = { ...objectParams(properties), Bucket: properties.bucket, Key: target, Body: body }
  const request = new Upload({ client, params, partSize: partBytes, queueSize: partsInFlight })
  const abort = () => void request.abort()
  ctx.signal.addEventListener('abort', abort)
  try {
    const at = `s3://${properties.bucket}/${target}`
    const { ETag, VersionId } = await call({ what: `upload ${uri} to`, at, send: () => request.done() })
    ctx.metric({ name: 'file.count', type: 'counter', value: 1 })
    ctx.metric({ name: 'file.size', type: 'counter', value: contentLength })
    return { ...(ETag && { eTag: ETag }), ...(VersionId && { versionId: VersionId }), contentLength }
  } finally {
    ctx.signal.removeEventListener('abort', abort)
    body.destroy()
  }
}

function objectParams(properties: Properties): Omit<PutObjectCommandInput, 'Bucket' | 'Key' | 'Body'> {
  const { tagging } = properties
  return defined({
    Metadata: properties.metadata,
    Tagging: tagging && new URLSearchParams(tagging).toString(),
    CacheControl: properties.cacheControl,
    ContentType: properties.contentType,
    ContentEncoding: properties.contentEncoding,
    ContentDisposition: properties.contentDisposition,
    ContentLanguage: properties.contentLanguage,
    Expires: readDate(properties.expires, 'expires'),
    ACL: properties.acl as 'private' | undefined,
    StorageClass: properties.storageClass as 'STANDARD' | undefined,
    ServerSideEncryption: encryptionName(properties.serverSideEncryption),
    SSEKMSKeyId: properties.kmsKeyId,
    BucketKeyEnabled: properties.bucketKeyEnabled,
    ...checksumParams(properties),
    RequestPayer: properties.requestPayer as 'requester' | undefined,
    ExpectedBucketOwner: properties.expectedBucketOwner,
    ObjectLockMode: properties.objectLockMode as 'GOVERNANCE' | undefined,
    ObjectLockLegalHoldStatus: properties.objectLockLegalHoldStatus as 'ON' | undefined,
    ObjectLockRetainUntilDate: readDate(properties.objectLockRetainUntilDate, 'objectLockRetainUntilDate'),
  })
}

function checksumParams({ checksumAlgorithm, checksum }: Properties): JsonObject {
  if (checksumAlgorithm === undefined) return {}
  const name = checksumAlgorithm.replace('_', '')
  return { ChecksumAlgorithm: name, ...(checksum !== undefined && { [`Checksum${name}`]: checksum }) }
}

function readDate(text: string | undefined, property: string): Date | undefined {
  if (text === undefined) return undefined
  const date = new Date(text)
  if (Number.isNaN(date.getTime())) throw new TaskError(`${property}: ${text} is no date; write 2030-01-31T00:00:00Z`)
  return date
}

function defined<T extends object>(params: T): T {
  return Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined)) as T
}

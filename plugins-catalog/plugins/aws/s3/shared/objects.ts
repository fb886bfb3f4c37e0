import type { Readable } from 'node:stream'
import { GetObjectCommand, type GetObjectCommandOutput, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3'
import { TaskError } from '#language/define-plugin'
import type { JsonObject } from '#language/json'
import { wholeMatch } from '../../../fs/shared/match'
import { call, callUnlessGone } from './call'
import type { S3Context } from './client'
import type { BucketProperties, ObjectFilter } from './properties'

export type Listed = {
  id: string
  version: string
  modifiedMs: number
  key: string
  etag?: string
  size: number
  owner?: { id?: string; displayName?: string }
}

/** All objects that the filter lets through, page by page. */
export async function* listObjects(
  client: S3Client,
  properties: BucketProperties & Omit<ObjectFilter, 'maxKeys'>,
): AsyncGenerator<Listed> {
  const { bucket, prefix, delimiter, marker, regexp, filter, requestPayer, expectedBucketOwner } = properties
  const isMatch = wholeMatch(regexp, 'regexp')
  let next: string | undefined
  do {
    const command = new ListObjectsV2Command({
      Bucket: bucket,
      Prefix: prefix,
      Delimiter: delimiter,
      StartAfter: marker,
      FetchOwner: true,
      ContinuationToken: next,
      RequestPayer: requestPayer as 'requester' | undefined,
      ExpectedBucketOwner: expectedBucketOwner,
    })
    const at = `s3://${bucket}/${prefix ?? ''}`
    const page = await call({ what: 'list', at, send: () => client.send(command) })
    for (const { Key: key, ETag: etag, Size: size = 0, LastModified, Owner } of page.Contents ?? []) {
      if (key === undefined || !isMatch(key) || !isWanted(key, filter)) continue
      yield {
        id: key,
        version: versionOf(etag, LastModified),
        modifiedMs: LastModified?.getTime() ?? 0,
        key,
        etag,
        size,
        ...(Owner && { owner: { id: Owner.ID, displayName: Owner.DisplayName } }),
      }
    }
    next = page.NextContinuationToken
  } while (next)
}

function isWanted(key: string, filter: ObjectFilter['filter']): boolean {
  return filter === 'BOTH' || (filter === 'DIRECTORY') === key.endsWith('/')
}

/** Listings and single answers tell the date with different precision. */
export function versionOf(etag: string | undefined, modified: Date | undefined): string {
  return `${etag ?? ''} ${Math.floor((modified?.getTime() ?? 0) / 1000)}`
}

/** An object as outputs tell of it. */
export function describeObject({ key, etag, size, modifiedMs, owner }: Listed, uri?: string): JsonObject {
  return {
    ...(uri !== undefined && { uri }),
    key,
    ...(etag !== undefined && { etag }),
    size,
    lastModified: new Date(modifiedMs).toISOString(),
    ...(owner && { owner: JSON.parse(JSON.stringify(owner)) }),
  }
}

export type ObjectRef = Pick<BucketProperties, 'bucket' | 'requestPayer' | 'expectedBucketOwner'> & {
  key: string
  versionId?: string
  /** Only in this version. */
  etag?: string
}

/** Streams an object into internal storage; null where it is gone, or of another version. */
export async function fetchObject(
  ctx: S3Context,
  client: S3Client,
  ref: ObjectRef,
  name: string,
): Promise<{ uri: string; answer: GetObjectCommandOutput } | null> {
  const at = `s3://${ref.bucket}/${ref.key}`
  const command = new GetObjectCommand({
    Bucket: ref.bucket,
    Key: ref.key,
    VersionId: ref.versionId,
    IfMatch: ref.etag,
    RequestPayer: ref.requestPayer as 'requester' | undefined,
    ExpectedBucketOwner: ref.expectedBucketOwner,
  })
  const answer = await callUnlessGone({ what: 'read', at, send: () => client.send(command) })
  if (answer === null) return null
  const uri = await ctx.storage.put(name, answer.Body as Readable).catch(error => {
    ctx.signal.throwIfAborted()
    throw new TaskError(`The download of ${at} broke off: ${(error as Error).message}`, { cause: error })
  })
  ctx.metric({ name: 'file.size', type: 'counter', value: answer.ContentLength ?? 0 })
  return { uri, answer }
}

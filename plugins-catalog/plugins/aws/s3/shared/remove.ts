import { CopyObjectCommand, DeleteObjectCommand, HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { callUnlessGone, statusOf } from './call'
import { versionOf } from './objects'
import type { BucketProperties, MoveTo } from './properties'

type Place = { bucket: string; key: string }

/** Deletes an object in the version that was fetched, after a copy of it where it is to be moved; whether it was there. */
export async function removeObject(
  client: S3Client,
  { bucket, requestPayer, expectedBucketOwner }: BucketProperties,
  object: { id: string; version: string },
  moveTo: MoveTo | undefined,
): Promise<boolean> {
  const key = object.id
  const at = `s3://${bucket}/${key}`
  const common = { RequestPayer: requestPayer as 'requester' | undefined, ExpectedBucketOwner: expectedBucketOwner }
  const look = new HeadObjectCommand({ Bucket: bucket, Key: key, ...common })
  const head = await callUnlessGone({ what: 'look at', at, send: () => client.send(look) })
  if (head === null || versionOf(head.ETag, head.LastModified) !== object.version) return false
  if (moveTo) {
    const to = { bucket: moveTo.bucket ?? bucket, key: movedKey(moveTo, key) }
    const isCopied = await copyObject(client, { from: { bucket, key }, to, etag: head.ETag, encryption: moveTo })
    if (!isCopied) return false
  }
  const remove = (etag: string | undefined) => async () => {
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, IfMatch: etag, ...common }))
    return true
  }
  // What came meanwhile stays, where the service can tell; one that can't refuses the question.
  const send = () =>
    remove(head.ETag)().catch(error => {
      if (statusOf(error) === 501) return remove(undefined)()
      throw error
    })
  return (await callUnlessGone({ what: 'delete', at, send })) ?? false
}

/** Where an object goes that is moved: under its own name into the folder that `moveTo` names. */
export function movedKey(moveTo: MoveTo, key: string): string {
  return [folderOf(moveTo), nameOf(key)].filter(part => part !== '').join('/')
}

/** Whether an object lies where others are moved to: it is not to be found again. */
export function isMovedThere(moveTo: MoveTo | undefined, bucket: string, key: string): boolean {
  return moveTo !== undefined && (moveTo.bucket ?? bucket) === bucket && movedKey(moveTo, key) === key
}

function folderOf({ key }: MoveTo): string {
  return key.replace(/\/+$/, '')
}

function nameOf(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1)
}

type CopyOptions = {
  from: Place & { versionId?: string }
  to: Place
  /** Only in this version. */
  etag?: string
  encryption?: { serverSideEncryption?: string; kmsKeyId?: string }
}

/** Copies within S3; null where the source is gone, or of another version. */
export async function copyObject(client: S3Client, { from, to, etag, encryption }: CopyOptions) {
  const source = [from.bucket, ...from.key.split('/')].map(encodeURIComponent).join('/')
  const command = new CopyObjectCommand({
    Bucket: to.bucket,
    Key: to.key,
    CopySource: from.versionId === undefined ? source : `${source}?versionId=${encodeURIComponent(from.versionId)}`,
    CopySourceIfMatch: etag,
    ServerSideEncryption: encryptionName(encryption?.serverSideEncryption),
    SSEKMSKeyId: encryption?.kmsKeyId,
  })
  const what = `copy s3://${from.bucket}/${from.key} to`
  return callUnlessGone({ what, at: `s3://${to.bucket}/${to.key}`, send: () => client.send(command) })
}

const encryptionNames: Record<string, 'AES256' | 'aws:kms' | 'aws:kms:dsse' | undefined> = {
  AWS_KMS: 'aws:kms',
  AWS_KMS_DSSE: 'aws:kms:dsse',
  NONE: undefined,
}

/** Kestra names them as Java does; S3's own names count, too. */
export function encryptionName(name: string | undefined): 'AES256' | 'aws:kms' | 'aws:kms:dsse' | undefined {
  if (name === undefined) return undefined
  return name in encryptionNames ? encryptionNames[name] : (name as 'AES256')
}

import type { S3Client } from '@aws-sdk/client-s3'
import type { FileSource } from '../../../fs/shared/file-source'
import type { S3Context } from './client'
import { describeObject, fetchObject, type Listed, listObjects } from './objects'
import type { BucketProperties, MoveTo, ObjectFilter } from './properties'
import { isMovedThere, removeObject } from './remove'

/** The objects of a bucket as files to fetch. What lies where they are moved to is none of them. */
export function objectSource(
  ctx: S3Context,
  client: S3Client,
  { properties, moveTo }: { properties: BucketProperties & ObjectFilter; moveTo: MoveTo | undefined },
): FileSource<Listed> {
  const { bucket } = properties
  return {
    async *list() {
      for await (const object of listObjects(client, properties)) {
        if (!object.key.endsWith('/') && !isMovedThere(moveTo, bucket, object.key)) yield object
      }
    },
    async fetch({ key, etag }, name) {
      const fetched = await fetchObject(ctx, client, { ...properties, key, etag }, name)
      return fetched?.uri ?? null
    },
    remove: object => removeObject(client, properties, object, moveTo),
    describe: describeObject,
  }
}

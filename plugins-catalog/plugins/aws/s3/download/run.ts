import type { GetObjectCommandOutput } from '@aws-sdk/client-s3'
import { type Run, TaskError } from '#language/define-plugin'
import type { JsonObject } from '#language/json'
import { firstFiles } from '../../../fs/shared/file-source'
import { storedName, storedPath } from '../../../fs/shared/stored-name'
import { openS3 } from '../shared/client'
import { fetchObject, listObjects } from '../shared/objects'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, properties) => {
  const { bucket, key, prefix, delimiter, regexp, maxFiles, maxKeys } = properties
  const client = openS3(ctx, properties)
  const fetch = async (ref: { key: string; versionId?: string }, name: string) => {
    const fetched = await fetchObject(ctx, client, { ...properties, ...ref }, name)
    return fetched && describe(fetched)
  }
  const isFiltered = prefix !== undefined || delimiter !== undefined || regexp !== undefined
  if (!isFiltered) {
    if (key === undefined)
      throw new TaskError('key is missing; without one, prefix, delimiter or regexp say what to fetch')
    const file = await fetch({ key, versionId: properties.versionId }, storedName(key))
    if (file === null) throw new TaskError(`There is no object s3://${bucket}/${key}`)
    return file
  }
  const source = { list: () => listObjects(client, { ...properties, filter: 'FILES' }) }
  const objects = await firstFiles(ctx, source, Math.min(maxFiles, maxKeys))
  const files: JsonObject = {}
  for (const object of objects) {
    const file = await fetch(object, storedPath(object))
    if (file !== null) files[object.key] = file
  }
  return { files }
}

export default run

function describe({ uri, answer }: { uri: string; answer: GetObjectCommandOutput }): JsonObject {
  const { ETag, VersionId, ContentLength, ContentType, Metadata } = answer
  return {
    uri,
    ...(ETag !== undefined && { eTag: ETag }),
    ...(VersionId !== undefined && { versionId: VersionId }),
    ...(ContentLength !== undefined && { contentLength: ContentLength }),
    ...(ContentType !== undefined && { contentType: ContentType }),
    metadata: Metadata ?? {},
  }
}

import { DeleteObjectCommand } from '@aws-sdk/client-s3'
import { type Run, TaskError } from '#language/define-plugin'
import { call } from '../shared/call'
import { openS3 } from '../shared/client'
import { copyObject } from '../shared/remove'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, properties) => {
  const { from, to: wanted = {} } = properties
  const client = openS3(ctx, properties)
  const to = { bucket: wanted.bucket ?? from.bucket, key: wanted.key ?? from.key }
  const copied = await copyObject(client, { from, to, encryption: wanted })
  const at = `s3://${from.bucket}/${from.key}`
  if (copied === null) throw new TaskError(`There is no object ${at}`)
  const isElsewhere = to.bucket !== from.bucket || to.key !== from.key
  if (properties.delete && isElsewhere) {
    const command = new DeleteObjectCommand({ Bucket: from.bucket, Key: from.key })
    await call({ what: 'delete', at, send: () => client.send(command) })
  }
  const eTag = copied.CopyObjectResult?.ETag
  return { ...to, ...(eTag && { eTag }), ...(copied.VersionId && { versionId: copied.VersionId }) }
}

export default run

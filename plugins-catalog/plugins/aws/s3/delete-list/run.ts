import { DeleteObjectCommand } from '@aws-sdk/client-s3'
import { type Run, TaskError } from '#language/define-plugin'
import { listAtMost } from '../../../fs/shared/file-source'
import { call } from '../shared/call'
import { openS3 } from '../shared/client'
import { listObjects } from '../shared/objects'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, properties) => {
  const { bucket, prefix = '', maxKeys, concurrent = 1 } = properties
  const client = openS3(ctx, properties)
  const { files } = await listAtMost(listObjects(client, properties), maxKeys)
  if (files.length === 0 && properties.errorOnEmpty)
    throw new TaskError(`There is nothing to delete in s3://${bucket}/${prefix} (errorOnEmpty)`)
  const left = files.values()
  const work = async () => {
    for (const { key } of left) {
      ctx.signal.throwIfAborted()
      const command = new DeleteObjectCommand({ Bucket: bucket, Key: key })
      await call({ what: 'delete', at: `s3://${bucket}/${key}`, send: () => client.send(command) })
    }
  }
  await Promise.all(Array.from({ length: concurrent }, work))
  const size = files.reduce((sum, file) => sum + file.size, 0)
  ctx.metric({ name: 's3.objects.deleted.count', type: 'counter', value: files.length })
  ctx.metric({ name: 's3.objects.deleted.size', type: 'counter', value: size })
  ctx.log('INFO', `Deleted ${files.length} objects of ${size} bytes`)
  return { count: files.length, size }
}

export default run

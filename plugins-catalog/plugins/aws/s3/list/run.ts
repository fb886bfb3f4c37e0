import type { Run } from '#language/define-plugin'
import { firstFiles } from '../../../fs/shared/file-source'
import { openS3 } from '../shared/client'
import { describeObject, listObjects } from '../shared/objects'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, properties) => {
  const { maxFiles, maxKeys } = properties
  const client = openS3(ctx, properties)
  const source = { list: () => listObjects(client, properties) }
  const files = await firstFiles(ctx, source, Math.min(maxFiles, maxKeys))
  ctx.metric({ name: 's3.objects.count', type: 'counter', value: files.length })
  return { objects: files.map(file => describeObject(file)) }
}

export default run

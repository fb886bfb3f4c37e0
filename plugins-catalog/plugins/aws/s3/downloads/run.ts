import type { Run } from '#language/define-plugin'
import { takeFiles } from '../../../fs/shared/file-source'
import { checkMove } from '../../../fs/shared/poll-files'
import { openS3 } from '../shared/client'
import { describeObject } from '../shared/objects'
import { objectSource } from '../shared/source'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, properties) => {
  const moveTo = checkMove(properties.action, 'moveTo', properties.moveTo)
  const source = objectSource(ctx, openS3(ctx, properties), { properties, moveTo })
  const { action, maxFiles, maxKeys } = properties
  const fetched = await takeFiles(ctx, source, { action, maxFiles: Math.min(maxFiles, maxKeys) })
  ctx.metric({ name: 'files.count', type: 'counter', value: fetched.length })
  ctx.metric({
    name: 'files.size.total',
    type: 'counter',
    value: fetched.reduce((sum, { file }) => sum + file.size, 0),
  })
  return {
    objects: fetched.map(({ file, uri }) => describeObject(file, uri)),
    outputFiles: Object.fromEntries(fetched.map(({ file, uri }) => [file.key, uri])),
  }
}

export default run

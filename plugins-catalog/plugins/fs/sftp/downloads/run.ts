import { basename } from 'node:path'
import type { Run } from '#language/define-plugin'
import { takeFiles } from '../../shared/file-source'
import { treeSource } from '../../shared/file-tree'
import { checkMove } from '../../shared/poll-files'
import { describeFile, withSftp } from '../shared/tree'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, properties) => {
  const moveDirectory = checkMove(properties.action, 'moveDirectory', properties.moveDirectory)
  const taken = await withSftp(ctx, properties, tree =>
    takeFiles(
      ctx,
      treeSource(ctx, tree, { ...properties, moveDirectory, matches: 'path', describe: describeFile }),
      properties,
    ),
  )
  return {
    files: taken.map(({ file, uri }) => describeFile(file, uri)),
    outputFiles: Object.fromEntries(taken.map(({ file, uri }) => [basename(file.id), uri])),
  }
}

export default run

import type { Run } from '#language/define-plugin'
import { takeFiles } from '../../shared/file-source'
import { treeSource } from '../../shared/file-tree'
import { checkMove } from '../../shared/poll-files'
import { describeFile, openLocal } from '../shared/tree'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, properties) => {
  const moveDirectory = checkMove(properties.action, 'moveDirectory', properties.moveDirectory)
  const choice = { ...properties, moveDirectory, matches: 'name', describe: describeFile } as const
  const taken = await takeFiles(ctx, treeSource(ctx, openLocal(ctx), choice), properties)
  return {
    files: taken.map(({ file, uri }) => describeFile(file, uri)),
    outputFiles: Object.fromEntries(taken.map(({ file, uri }) => [file.id, uri])),
  }
}

export default run

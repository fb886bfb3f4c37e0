import type { Run } from '#language/define-plugin'
import { firstFiles } from '../../shared/file-source'
import { treeSource } from '../../shared/file-tree'
import { describeFile, openLocal } from '../shared/tree'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, properties) => {
  const choice = { ...properties, matches: 'name', describe: describeFile } as const
  const files = await firstFiles(ctx, treeSource(ctx, openLocal(ctx), choice), properties.maxFiles)
  return { files: files.map(file => describeFile(file)), count: files.length }
}

export default run

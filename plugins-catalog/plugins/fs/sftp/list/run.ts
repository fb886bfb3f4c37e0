import type { Run } from '#language/define-plugin'
import { firstFiles } from '../../shared/file-source'
import { treeSource } from '../../shared/file-tree'
import { describeFile, withSftp } from '../shared/tree'
import type plugin from './plugin'

const run: Run<typeof plugin> = (ctx, properties) =>
  withSftp(ctx, properties, async tree => {
    const source = treeSource(ctx, tree, { ...properties, matches: 'path', describe: describeFile })
    const files = await firstFiles(ctx, source, properties.maxFiles)
    return { files: files.map(file => describeFile(file)) }
  })

export default run

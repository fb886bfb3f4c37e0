import { pathToFileURL } from 'node:url'
import type { Run } from '#language/define-plugin'
import { upload } from '../../shared/file-tree'
import { wholeMatch } from '../../shared/match'
import { chooseSources } from '../../shared/sources'
import { openLocal } from '../shared/tree'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, properties) => {
  const tree = openLocal(ctx)
  const isMatch = wholeMatch(properties.regExp, 'regExp')
  const files: string[] = []
  for (const { name, uri } of chooseSources(ctx, properties, isMatch)) {
    const path = tree.resolve(`${properties.to}/${name}`)
    await upload(ctx, tree, { uri, path, overwrite: properties.overwrite })
    files.push(pathToFileURL(path).href)
  }
  return { files }
}

export default run

import type { Run } from '#language/define-plugin'
import { download } from '../../shared/file-tree'
import { storedName } from '../../shared/stored-name'
import { openLocal } from '../shared/tree'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, { from }) => {
  const tree = openLocal(ctx)
  const path = tree.resolve(from)
  const { uri } = await download(ctx, tree, { path, name: storedName(path) })
  return { uri, size: await ctx.storage.size(uri) }
}

export default run

import type { Run } from '#language/define-plugin'
import { remove } from '../../shared/file-tree'
import { openLocal } from '../shared/tree'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, { from, ...options }) => {
  const tree = openLocal(ctx)
  return { deleted: await remove(tree, { path: tree.resolve(from), ...options }) }
}

export default run

import type { Run } from '#language/define-plugin'
import { checkFree, checkSource } from '../../shared/file-tree'
import { openLocal } from '../shared/tree'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, { from, to, overwrite }) => {
  const tree = openLocal(ctx)
  const [source, target] = [tree.resolve(from), tree.resolve(to)]
  await checkSource(tree, source)
  await checkFree(tree, target, overwrite)
  await tree.write(target, await tree.read(source))
  return {}
}

export default run

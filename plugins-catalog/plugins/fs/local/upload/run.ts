import { pathToFileURL } from 'node:url'
import type { Run } from '#language/define-plugin'
import { upload } from '../../shared/file-tree'
import { storedUri } from '../../shared/sources'
import { openLocal } from '../shared/tree'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, { from, to, overwrite }) => {
  const tree = openLocal(ctx)
  const { name, uri } = storedUri(from)
  const path = tree.resolve(to.endsWith('/') ? `${to}${name}` : to)
  await upload(ctx, tree, { uri, path, overwrite })
  return { uri: pathToFileURL(path).href, size: await ctx.storage.size(uri) }
}

export default run

import type { Run } from '#language/define-plugin'
import { createMatcher, readPatterns } from '../shared/match'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, { namespace, files }) => {
  const target = ctx.storage.namespaceFiles(namespace)
  const isWanted = createMatcher(readPatterns(files))
  const deleted: { [path: string]: boolean } = {}
  for (const path of (await target.list()).filter(isWanted)) deleted[`/${path}`] = await target.delete(path)
  return { files: deleted }
}

export default run

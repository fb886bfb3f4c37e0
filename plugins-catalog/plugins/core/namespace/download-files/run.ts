import type { Run } from '#language/define-plugin'
import { createMatcher, readPatterns } from '../shared/match'
import { cleanPath } from '../shared/paths'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, { namespace, files, destination }) => {
  const source = ctx.storage.namespaceFiles(namespace)
  const isWanted = createMatcher(readPatterns(files))
  const downloaded: { [path: string]: string } = {}
  for (const path of (await source.list()).filter(isWanted)) {
    const target = cleanPath(`${destination}/${path}`)
    downloaded[`/${target}`] = await ctx.storage.put(target, await source.open(path))
  }
  ctx.log('DEBUG', `Downloaded ${Object.keys(downloaded).length} files of ${namespace}`)
  return { files: downloaded }
}

export default run

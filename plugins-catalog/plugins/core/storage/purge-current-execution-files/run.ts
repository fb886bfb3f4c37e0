import type { Run } from '#language/define-plugin'
import type plugin from './plugin'

const run: Run<typeof plugin> = async ctx => {
  const uris = await ctx.storage.listExecutionFiles()
  for (const uri of uris) await ctx.storage.delete(uri)
  ctx.log('INFO', `Deleted ${uris.length} files`)
  return { uris }
}

export default run

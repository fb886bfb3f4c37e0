import type { Run } from '#language/define-plugin'
import { withExtension } from '../shared/names'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, { content, extension }) => ({
  uri: await ctx.storage.put(withExtension('content', extension ?? ''), content),
})

export default run

import type { Run } from '#language/define-plugin'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, { prefix, namespace = ctx.namespace }) => ({
  keys: await ctx.kv.keys(prefix, namespace),
})

export default run

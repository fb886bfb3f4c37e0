import type { Run } from '#language/define-plugin'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, { uri }) => ({ size: await ctx.storage.size(uri) })

export default run

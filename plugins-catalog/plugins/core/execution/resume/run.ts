import type { Run } from '#language/define-plugin'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, { executionId = ctx.executionId, inputs = {} }) => {
  await ctx.records.resume(executionId, inputs)
  ctx.log('INFO', `Resumed the execution ${executionId}`)
  return {}
}

export default run

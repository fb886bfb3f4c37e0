import { type Run, TaskError } from '#language/define-plugin'
import { readSpan } from '../../shared/date'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, { startDate, endDate, logLevels, ...place }) => {
  if (place.flowId !== undefined && place.namespace === undefined)
    throw new TaskError('flowId needs the namespace of the flow')
  const count = await ctx.purge.logs({ ...place, levels: logLevels, ...readSpan({ startDate, endDate }) })
  ctx.log('INFO', `Purged ${count} lines of log`)
  return { count }
}

export default run

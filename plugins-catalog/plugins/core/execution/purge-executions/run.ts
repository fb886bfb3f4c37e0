import { type PurgeCounts, type Run, TaskError } from '#language/define-plugin'
import { readSpan } from '../../shared/date'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, properties) => {
  const { namespace, flowId, startDate, endDate, states, batchSize } = properties
  if (flowId !== undefined && namespace === undefined) throw new TaskError('flowId needs the namespace of the flow')
  const wanted: Record<keyof PurgeCounts, boolean> = {
    executions: properties.purgeExecution,
    logs: properties.purgeLog,
    metrics: properties.purgeMetric,
    files: properties.purgeStorage,
  }
  const parts = (Object.keys(wanted) as (keyof PurgeCounts)[]).filter(part => wanted[part])
  const filter = { namespace, flowId, states, ...readSpan({ startDate, endDate }) }
  const { executions, logs, metrics, files } = await ctx.purge.executions(filter, { parts, batchSize })
  ctx.log('INFO', `Purged ${executions} executions, ${logs} log lines, ${metrics} metrics and ${files} files`)
  return { executionsCount: executions, logsCount: logs, metricsCount: metrics, storagesCount: files }
}

export default run

import { Readable } from 'node:stream'
import { formatIon } from '#catalog/rows/write-ion'
import { type LogRecord, type Run, TaskError } from '#language/define-plugin'
import { logLevels } from '#language/states'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, { executionId, namespace, flowId, tasksId, level }) => {
  if (flowId !== undefined && namespace === undefined) throw new TaskError('flowId needs the namespace of the flow')
  const isOfFlow = executionId === undefined && namespace !== undefined
  const lines = ctx.records.logs({
    ...(isOfFlow ? { namespace, flowId } : { executionId: executionId ?? ctx.executionId }),
    taskIds: tasksId,
    levels: logLevels.slice(0, logLevels.indexOf(level) + 1),
  })
  let size = 0
  async function* rows(source: AsyncIterable<LogRecord>) {
    for await (const line of source) {
      size += 1
      yield `${formatIon(line)}\n`
    }
  }
  const uri = await ctx.storage.put('logs.ion', Readable.from(rows(lines)))
  return { size, uri }
}

export default run

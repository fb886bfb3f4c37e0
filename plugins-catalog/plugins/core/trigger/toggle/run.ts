import type { Run } from '#language/define-plugin'
import type plugin from './plugin'

const run: Run<typeof plugin> = async (ctx, { trigger, flowId = ctx.flowId, namespace = ctx.namespace, enabled }) => {
  const reason = `by the task ${ctx.taskId} of the execution ${ctx.executionId}`
  await ctx.records.toggleTrigger({ namespace, flowId, triggerId: trigger }, { enabled, reason })
  ctx.log('INFO', `${enabled ? 'Enabled' : 'Disabled'} the trigger ${trigger} of the flow ${namespace}.${flowId}`)
  return {}
}

export default run

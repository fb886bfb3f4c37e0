/** Tasks that only compute, by type. They run inside the workflow, and inside the activity of a WorkingDirectory. */
import { assertConditions } from './assert'
import { exit } from './exit'
import { fail } from './fail'
import { setLabels } from './labels'
import { echo, log } from './log'
import { publishMetrics } from './metrics'
import type { PureTask } from './pure-task'
import { outputValues, returnValue } from './values'
import { setVariables, unsetVariables } from './variables'

export const pureTasks: Readonly<Record<string, PureTask>> = {
  'io.kestra.plugin.core.debug.Return': returnValue,
  'io.kestra.plugin.core.debug.Echo': echo,
  'io.kestra.plugin.core.log.Log': log,
  'io.kestra.plugin.core.output.OutputValues': outputValues,
  'io.kestra.plugin.core.metric.Publish': publishMetrics,
  'io.kestra.plugin.core.execution.Fail': fail,
  'io.kestra.plugin.core.execution.Assert': assertConditions,
  'io.kestra.plugin.core.execution.Exit': exit,
  'io.kestra.plugin.core.execution.Labels': setLabels,
  'io.kestra.plugin.core.execution.SetVariables': setVariables,
  'io.kestra.plugin.core.execution.UnsetVariables': unsetVariables,
}

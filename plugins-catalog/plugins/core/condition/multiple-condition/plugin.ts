import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyObject, bool, duration, plugin, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.condition.MultipleCondition',
  kind: 'condition',
  title: 'Several executions in one window',
  description: `An older form of the preconditions of a Flow trigger.`,
  properties: z.object({
    window: duration().optional(),
    windowAdvance: duration().optional(),
    resetOnSuccess: bool().default(true),
    conditions: z.record(z.string(), plugin('condition')),
    id: text(),
    timeWindow: anyObject().optional(),
  }),
  examples: [
    {
      title: 'Several executions in one window',
      yaml: `id: multiple_condition
namespace: company.team
tasks:
  - id: hello
    type: io.kestra.plugin.core.log.Log
    message: Hello
triggers:
  - id: start
    type: io.kestra.plugin.core.trigger.Flow
    disabled: true
    conditions:
      - type: io.kestra.plugin.core.condition.MultipleCondition
        id: both
        window: P1D
        conditions:
          imported:
            type: io.kestra.plugin.core.condition.ExecutionFlow
            namespace: company.team
            flowId: import
`,
    },
  ],
})

import { z } from 'zod'
import { isOfFlow } from '#language/conditions/execution-conditions'
import { definePlugin } from '#language/define-plugin'
import { text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.condition.FlowCondition',
  kind: 'condition',
  title: 'By the flow',
  description: `Holds for one flow.`,
  deprecated: 'use ExecutionFlow',
  properties: z.object({ namespace: text(), flowId: text() }),
  holds: isOfFlow,
  examples: [
    {
      title: 'By the flow',
      yaml: `id: flow_condition
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
      - type: io.kestra.plugin.core.condition.FlowCondition
        namespace: company
        flowId: import
`,
    },
  ],
})

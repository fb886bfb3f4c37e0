import { z } from 'zod'
import { isOfFlow } from '#language/conditions/execution-conditions'
import { definePlugin } from '#language/define-plugin'
import { text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.condition.ExecutionFlow',
  kind: 'condition',
  title: 'By the flow of the execution',
  description: `Holds for executions of one flow.`,
  properties: z.object({ namespace: text(), flowId: text() }),
  holds: isOfFlow,
  examples: [
    {
      title: 'By the flow of the execution',
      yaml: `id: execution_flow
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
      - type: io.kestra.plugin.core.condition.ExecutionFlow
        namespace: company.team
        flowId: import
`,
    },
  ],
})

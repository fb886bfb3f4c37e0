import { z } from 'zod'
import { hasState } from '#language/conditions/execution-conditions'
import { definePlugin } from '#language/define-plugin'
import { list, oneOf } from '#language/fields'
import { executionStates } from '#language/states'

export default definePlugin({
  type: 'io.kestra.plugin.core.condition.ExecutionStatus',
  kind: 'condition',
  title: 'By the state of the execution',
  description: `Holds for executions in certain states.`,
  properties: z.object({ in: list(oneOf(executionStates)).optional(), notIn: list(oneOf(executionStates)).optional() }),
  holds: hasState,
  examples: [
    {
      title: 'By the state of the execution',
      yaml: `id: execution_status
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
      - type: io.kestra.plugin.core.condition.ExecutionStatus
        in: [SUCCESS]
`,
    },
  ],
})

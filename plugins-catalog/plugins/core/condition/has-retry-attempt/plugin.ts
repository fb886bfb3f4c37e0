import { z } from 'zod'
import { hasRetryAttempt } from '#language/conditions/execution-conditions'
import { definePlugin } from '#language/define-plugin'
import { list, oneOf } from '#language/fields'
import { executionStates } from '#language/states'

export default definePlugin({
  type: 'io.kestra.plugin.core.condition.HasRetryAttempt',
  kind: 'condition',
  title: 'By attempts of its tasks',
  description: `Holds for executions with a task that had an attempt in certain states.`,
  properties: z.object({ in: list(oneOf(executionStates)).optional(), notIn: list(oneOf(executionStates)).optional() }),
  holds: hasRetryAttempt,
  examples: [
    {
      title: 'By attempts of its tasks',
      yaml: `id: has_retry_attempt
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
      - type: io.kestra.plugin.core.condition.HasRetryAttempt
        in: [FAILED]
`,
    },
  ],
})

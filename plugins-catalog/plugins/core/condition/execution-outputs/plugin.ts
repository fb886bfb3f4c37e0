import { z } from 'zod'
import { hasOutputs } from '#language/conditions/execution-conditions'
import { definePlugin } from '#language/define-plugin'
import { text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.condition.ExecutionOutputs',
  kind: 'condition',
  title: 'By the outputs of the execution',
  description: `Holds if the expression over the outputs of the execution counts as true.`,
  properties: z.object({ expression: text() }),
  holds: hasOutputs,
  examples: [
    {
      title: 'By the outputs of the execution',
      yaml: `id: execution_outputs
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
      - type: io.kestra.plugin.core.condition.ExecutionOutputs
        expression: "{{ trigger.outputs.count == 1 }}"
`,
    },
  ],
})

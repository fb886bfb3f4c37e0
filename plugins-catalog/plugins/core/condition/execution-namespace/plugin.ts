import { z } from 'zod'
import { isOfNamespace } from '#language/conditions/execution-conditions'
import { definePlugin } from '#language/define-plugin'
import { bool, oneOf, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.condition.ExecutionNamespace',
  kind: 'condition',
  title: 'By the namespace of the execution',
  description: `Holds for executions of a namespace.`,
  properties: z.object({
    namespace: text(),
    comparison: oneOf(['EQUALS', 'PREFIX', 'SUFFIX']).optional(),
    prefix: bool().default(false),
  }),
  holds: isOfNamespace,
  examples: [
    {
      title: 'By the namespace of the execution',
      yaml: `id: execution_namespace
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
      - type: io.kestra.plugin.core.condition.ExecutionNamespace
        namespace: company
        comparison: PREFIX
`,
    },
  ],
})

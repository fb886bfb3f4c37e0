import { z } from 'zod'
import { isOfNamespace } from '#language/conditions/execution-conditions'
import { definePlugin } from '#language/define-plugin'
import { bool, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.condition.FlowNamespaceCondition',
  kind: 'condition',
  title: 'By the namespace of the flow',
  description: `Holds for the flows of a namespace, or of those that begin with it.`,
  deprecated: 'use ExecutionNamespace',
  properties: z.object({ namespace: text(), prefix: bool().default(false) }),
  holds: isOfNamespace,
  examples: [
    {
      title: 'By the namespace of the flow',
      yaml: `id: flow_namespace_condition
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
      - type: io.kestra.plugin.core.condition.FlowNamespaceCondition
        namespace: company
        prefix: true
`,
    },
  ],
})

import { z } from 'zod'
import { hasLabels } from '#language/conditions/execution-conditions'
import { definePlugin } from '#language/define-plugin'
import { list, map, object, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.condition.ExecutionLabels',
  kind: 'condition',
  title: 'By the labels of the execution',
  description: `Holds for executions that have all of the labels.`,
  properties: z.object({ labels: z.union([map(text()), list(object({ key: text(), value: text() }))]) }),
  holds: hasLabels,
  examples: [
    {
      title: 'By the labels of the execution',
      yaml: `id: execution_labels
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
      - type: io.kestra.plugin.core.condition.ExecutionLabels
        labels:
          team: data
`,
    },
  ],
})

import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyObject } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.output.OutputValues',
  kind: 'task',
  step: 'pure',
  title: 'Keep values as outputs',
  description: `Renders values and keeps them, so that later tasks and the flow's outputs can read them by name.`,
  properties: z.object({ values: anyObject().meta({ description: 'Name to value.' }) }),
  outputs: z.object({ values: anyObject().meta({ description: 'The rendered values.' }) }),
  examples: [
    {
      title: 'Name a result',
      yaml: `id: output_values
namespace: company.team
tasks:
  - id: totals
    type: io.kestra.plugin.core.output.OutputValues
    values:
      count: "{{ 2 + 3 }}"
outputs:
  - id: count
    type: INT
    value: "{{ outputs.totals.values.count }}"
`,
    },
  ],
})

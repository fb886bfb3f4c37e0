import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { list, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.execution.Assert',
  kind: 'task',
  step: 'pure',
  title: 'Fail unless all conditions hold',
  description: `Looks at each condition; fails if one does not hold, and counts both in the metrics \`success\` and \`failed\`.`,
  properties: z.object({
    conditions: list(text()).meta({ description: 'Expressions that must all hold.' }),
    errorMessage: text().meta({ description: 'What the log says.' }).optional(),
  }),
  examples: [
    {
      title: 'Check the range of an input',
      yaml: `id: assert
namespace: company.team
inputs:
  - id: count
    type: INT
    defaults: 1
tasks:
  - id: in_range
    type: io.kestra.plugin.core.execution.Assert
    conditions:
      - "{{ inputs.count > 0 }}"
      - "{{ inputs.count < 100 }}"
`,
    },
  ],
})

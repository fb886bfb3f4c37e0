import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.execution.Fail',
  kind: 'task',
  step: 'pure',
  title: 'Fail the execution',
  description: `Fails always, or only if a condition holds.`,
  properties: z.object({
    condition: text().meta({ description: 'Fails only if this holds.' }).optional(),
    errorMessage: text().meta({ description: 'What the log says.' }).default('Task failure'),
  }),
  examples: [
    {
      title: 'Fail where there is nothing to do',
      yaml: `id: fail
namespace: company.team
inputs:
  - id: count
    type: INT
    defaults: 1
tasks:
  - id: not_empty
    type: io.kestra.plugin.core.execution.Fail
    condition: "{{ inputs.count == 0 }}"
    errorMessage: nothing to do
`,
    },
  ],
})

import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyJson, list, map, object, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.execution.Labels',
  kind: 'task',
  step: 'pure',
  title: 'Set labels of the execution',
  description: `Adds labels to the running execution; those of the same key are replaced.`,
  properties: z.object({
    labels: z.union([map(anyJson()), list(object({ key: text(), value: anyJson() }))]).meta({
      description: 'A map, or a list of keys and values; a map or a list as a value counts as its JSON text.',
    }),
  }),
  examples: [
    {
      title: 'Find executions by customer',
      yaml: `id: labels
namespace: company.team
inputs:
  - id: customer
    type: STRING
    defaults: acme
tasks:
  - id: label
    type: io.kestra.plugin.core.execution.Labels
    labels:
      customer: "{{ inputs.customer }}"
`,
    },
  ],
})

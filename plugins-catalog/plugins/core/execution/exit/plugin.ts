import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { oneOf } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.execution.Exit',
  kind: 'task',
  step: 'pure',
  title: 'End the execution',
  description: `Ends the execution at once, in a state of your choice.`,
  properties: z.object({
    state: oneOf(['SUCCESS', 'WARNING', 'FAILED', 'CANCELLED', 'CANCELED', 'KILLED'])
      .meta({ description: 'State of the execution. Only KILLED stops tasks that run beside.' })
      .default('SUCCESS'),
  }),
  examples: [
    {
      title: 'End early',
      yaml: `id: exit
namespace: company.team
inputs:
  - id: skip
    type: BOOL
    defaults: true
tasks:
  - id: check
    type: io.kestra.plugin.core.flow.If
    condition: "{{ inputs.skip }}"
    then:
      - id: end
        type: io.kestra.plugin.core.execution.Exit
        state: WARNING
  - id: work
    type: io.kestra.plugin.core.log.Log
    message: working
`,
    },
  ],
})

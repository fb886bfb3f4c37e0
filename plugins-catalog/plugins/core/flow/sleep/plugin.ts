import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { duration } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.flow.Sleep',
  kind: 'task',
  step: 'flow',
  title: 'Wait for some time',
  description: `Does nothing for a while. No worker is held meanwhile.`,
  properties: z.object({ duration: duration().meta({ description: 'How long, in ISO-8601.' }) }),
  examples: [
    {
      title: 'Wait a second',
      yaml: `id: sleep
namespace: company.team
tasks:
  - id: wait
    type: io.kestra.plugin.core.flow.Sleep
    duration: PT1S
`,
    },
  ],
})

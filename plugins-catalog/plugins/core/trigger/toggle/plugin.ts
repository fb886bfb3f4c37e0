import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { bool, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.trigger.Toggle',
  kind: 'task',
  step: 'activity',
  title: 'Disable or enable a trigger',
  description: 'Disables a trigger of a flow, or enables it again. A trigger that its flow’s text disables stays so.',
  deprecated: 'disable the trigger on its page or by the API',
  properties: z.object({
    trigger: text().meta({ description: 'The id of the trigger.' }),
    flowId: text().optional().meta({ description: 'The flow of the trigger; this one by default.' }),
    namespace: text().optional().meta({ description: 'The namespace of that flow; this one by default.' }),
    enabled: bool().default(false).meta({ description: 'Whether to enable it.' }),
  }),
  outputs: z.object({}),
  examples: [
    {
      title: 'Stop a schedule when its work is done',
      yaml: `id: toggle
namespace: company.team
tasks:
  - id: stop
    type: io.kestra.plugin.core.trigger.Toggle
    trigger: each_minute
    enabled: false
triggers:
  - id: each_minute
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "* * * * *"
`,
    },
  ],
})

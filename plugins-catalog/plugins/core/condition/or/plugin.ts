import { z } from 'zod'
import { holdsOne } from '#language/conditions/held-conditions'
import { definePlugin } from '#language/define-plugin'
import { plugin, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.condition.Or',
  kind: 'condition',
  title: 'One of several',
  description: `Holds if one of its conditions holds.`,
  properties: z.object({
    conditions: z.array(plugin('condition')).min(1),
    date: text().meta({ description: 'The date looked at; that of the trigger by default.' }).optional(),
  }),
  holds: holdsOne,
  examples: [
    {
      title: 'One of several',
      yaml: `id: or
namespace: company.team
tasks:
  - id: hello
    type: io.kestra.plugin.core.log.Log
    message: Hello
triggers:
  - id: start
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "@hourly"
    conditions:
      - type: io.kestra.plugin.core.condition.Or
        conditions:
          - type: io.kestra.plugin.core.condition.Weekend
`,
    },
  ],
})

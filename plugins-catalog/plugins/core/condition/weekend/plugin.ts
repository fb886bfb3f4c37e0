import { z } from 'zod'
import { isWeekend } from '#language/conditions/date-conditions'
import { definePlugin } from '#language/define-plugin'
import { text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.condition.Weekend',
  kind: 'condition',
  title: 'On a weekend',
  description: `Holds on Saturdays and Sundays.`,
  properties: z.object({
    date: text().meta({ description: 'The date looked at; that of the trigger by default.' }).optional(),
  }),
  holds: isWeekend,
  examples: [
    {
      title: 'On a weekend',
      yaml: `id: weekend
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
      - type: io.kestra.plugin.core.condition.Weekend
        date: "{{ trigger.date }}"
`,
    },
  ],
})

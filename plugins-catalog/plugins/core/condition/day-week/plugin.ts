import { z } from 'zod'
import { isDayOfWeek } from '#language/conditions/date-conditions'
import { definePlugin } from '#language/define-plugin'
import { oneOf, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.condition.DayWeek',
  kind: 'condition',
  title: 'On a day of the week',
  description: `Holds on one day of the week.`,
  properties: z.object({
    dayOfWeek: oneOf(['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY']),
    date: text().meta({ description: 'The date looked at; that of the trigger by default.' }).optional(),
  }),
  holds: isDayOfWeek,
  examples: [
    {
      title: 'On a day of the week',
      yaml: `id: day_week
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
      - type: io.kestra.plugin.core.condition.DayWeek
        dayOfWeek: MONDAY
`,
    },
  ],
})

import { z } from 'zod'
import { isDayInMonth } from '#language/conditions/date-conditions'
import { definePlugin } from '#language/define-plugin'
import { oneOf, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.condition.DayWeekInMonth',
  kind: 'condition',
  title: 'On a certain Monday of the month',
  description: `Holds on the first, second, third, fourth or last of a weekday in the month.`,
  properties: z.object({
    dayOfWeek: oneOf(['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY']),
    dayInMonth: oneOf(['FIRST', 'SECOND', 'THIRD', 'FOURTH', 'LAST']),
    date: text().meta({ description: 'The date looked at; that of the trigger by default.' }).optional(),
  }),
  holds: isDayInMonth,
  examples: [
    {
      title: 'On a certain Monday of the month',
      yaml: `id: day_week_in_month
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
      - type: io.kestra.plugin.core.condition.DayWeekInMonth
        dayOfWeek: MONDAY
        dayInMonth: FIRST
`,
    },
  ],
})

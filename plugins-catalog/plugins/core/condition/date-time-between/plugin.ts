import { z } from 'zod'
import { isBetweenDates } from '#language/conditions/date-conditions'
import { definePlugin } from '#language/define-plugin'
import { isDateText } from '#language/expressions/dates/moment'
import { text } from '#language/fields'

const limit = () => text().refine(value => isDateText(value), 'not a date; write one such as 2030-03-31T18:00:00Z')

export default definePlugin({
  type: 'io.kestra.plugin.core.condition.DateTimeBetween',
  kind: 'condition',
  title: 'Between two dates',
  description: `Holds after one date, before another, or between both.`,
  properties: z.object({
    after: limit().optional(),
    before: limit().optional(),
    date: text().meta({ description: 'The date looked at; that of the trigger by default.' }).optional(),
  }),
  holds: isBetweenDates,
  examples: [
    {
      title: 'Between two dates',
      yaml: `id: date_time_between
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
      - type: io.kestra.plugin.core.condition.DateTimeBetween
        after: "2030-01-01T00:00:00Z"
`,
    },
  ],
})

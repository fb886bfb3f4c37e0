import { z } from 'zod'
import { isClockTime } from '#language/conditions/clock-time'
import { isBetweenTimes } from '#language/conditions/date-conditions'
import { definePlugin } from '#language/define-plugin'
import { text } from '#language/fields'

const limit = () => text().refine(value => isClockTime(value), 'not a time of day; write one such as 08:30:00Z')

export default definePlugin({
  type: 'io.kestra.plugin.core.condition.TimeBetween',
  kind: 'condition',
  title: 'Between two times of day',
  description: `Holds after one time of day, before another, or between both.`,
  properties: z.object({
    after: limit().optional(),
    before: limit().optional(),
    date: text().meta({ description: 'The date looked at; that of the trigger by default.' }).optional(),
  }),
  holds: isBetweenTimes,
  examples: [
    {
      title: 'Between two times of day',
      yaml: `id: time_between
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
      - type: io.kestra.plugin.core.condition.TimeBetween
        after: "08:00:00Z"
        before: "18:00:00Z"
`,
    },
  ],
})

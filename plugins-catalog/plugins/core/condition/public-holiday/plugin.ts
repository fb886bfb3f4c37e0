import { z } from 'zod'
import { isPublicHoliday } from '#language/conditions/date-conditions'
import { definePlugin } from '#language/define-plugin'
import { text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.condition.PublicHoliday',
  kind: 'condition',
  title: 'On a public holiday',
  description: `Holds on public holidays of a country.`,
  properties: z.object({
    country: text().meta({ description: 'Two letters.' }).optional(),
    subDivision: text().optional(),
    date: text().meta({ description: 'The date looked at; that of the trigger by default.' }).optional(),
  }),
  holds: isPublicHoliday,
  examples: [
    {
      title: 'On a public holiday',
      yaml: `id: public_holiday
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
      - type: io.kestra.plugin.core.condition.PublicHoliday
        country: FR
`,
    },
  ],
})

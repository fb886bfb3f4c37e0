import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { list, oneOf, text, timeZone } from '#language/fields'
import { listedDates } from '#language/triggers/schedule-dates'

export default definePlugin({
  type: 'io.kestra.plugin.core.trigger.ScheduleOnDates',
  kind: 'trigger',
  starts: 'schedule',
  title: 'Start on given dates',
  description: `Starts the flow at each of the dates.`,
  properties: z.object({
    dates: list(text()).meta({ description: 'ISO-8601 dates with a zone.' }),
    timezone: timeZone().meta({ description: 'Zone of the dates.' }).optional(),
    recoverMissedSchedules: oneOf(['ALL', 'LAST', 'NONE'])
      .meta({ description: 'Which starts are made up for after a stop.' })
      .optional(),
  }),
  dates: ({ dates, timezone }) => listedDates(dates, timezone),
  outputs: z.object({ date: text(), next: text().optional(), previous: text().optional() }),
  examples: [
    {
      title: 'At the end of two quarters',
      yaml: `id: schedule_on_dates
namespace: company.team
tasks:
  - id: report
    type: io.kestra.plugin.core.log.Log
    message: closing
triggers:
  - id: quarters
    type: io.kestra.plugin.core.trigger.ScheduleOnDates
    dates:
      - "2030-03-31T18:00:00Z"
      - "2030-06-30T18:00:00Z"
`,
    },
  ],
})

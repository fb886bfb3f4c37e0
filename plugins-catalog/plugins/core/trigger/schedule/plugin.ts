import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyObject, bool, duration, oneOf, plugin, text, timeZone } from '#language/fields'
import { cronDates } from '#language/triggers/schedule-dates'

export default definePlugin({
  type: 'io.kestra.plugin.core.trigger.Schedule',
  kind: 'trigger',
  starts: 'schedule',
  title: 'Start by the clock',
  description: `Starts the flow at the times of a cron expression.`,
  properties: z.object({
    cron: text().meta({ description: 'Five fields (six with `withSeconds`), or a nickname such as @daily.' }),
    withSeconds: bool().meta({ description: 'Whether a first field for seconds is there.' }).default(false),
    timezone: timeZone().meta({ description: 'Zone of the times; UTC by default.' }).optional(),
    lateMaximumDelay: duration().meta({ description: 'A start later than this is skipped.' }).optional(),
    recoverMissedSchedules: oneOf(['ALL', 'LAST', 'NONE'])
      .meta({ description: 'Which starts are made up for after a stop.' })
      .optional(),
    backfill: anyObject().meta({ deprecated: true, instead: 'a backfill started by hand' }).optional(),
    scheduleConditions: z.array(plugin('condition')).meta({ deprecated: true, instead: 'conditions' }).optional(),
  }),
  dates: cronDates,
  outputs: z.object({ date: text(), next: text().optional(), previous: text().optional() }),
  examples: [
    {
      title: 'Each morning at six',
      yaml: `id: schedule
namespace: company.team
tasks:
  - id: report
    type: io.kestra.plugin.core.log.Log
    message: "for {{ trigger.date }}"
triggers:
  - id: each_morning
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "0 6 * * *"
    timezone: Europe/Berlin
`,
    },
  ],
})

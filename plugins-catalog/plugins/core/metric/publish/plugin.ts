import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { duration, float, list, map, object, oneOf, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.metric.Publish',
  kind: 'task',
  step: 'pure',
  title: 'Publish metrics',
  description: `Adds counters, gauges and timers to the execution; their charts are on the pages of the flow.`,
  properties: z.object({
    metrics: list(
      object({
        type: oneOf(['counter', 'gauge', 'timer']).meta({ description: 'Kind of metric.' }),
        name: text().meta({ description: 'Its name.' }),
        value: z.union([float(), duration()]).meta({ description: 'A number; for a timer a duration.' }),
        tags: map(text()).meta({ description: 'Tags to filter by.' }).optional(),
        description: text().optional(),
      }),
    ).meta({ description: 'One or several.' }),
  }),
  examples: [
    {
      title: 'A counter and a timer',
      yaml: `id: publish
namespace: company.team
tasks:
  - id: rows
    type: io.kestra.plugin.core.metric.Publish
    metrics:
      - type: counter
        name: rows
        value: 42
        tags:
          table: customers
      - type: timer
        name: load
        value: PT3.5S
`,
    },
  ],
})

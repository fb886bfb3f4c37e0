import { z } from 'zod'
import { holdsNone } from '#language/conditions/held-conditions'
import { definePlugin } from '#language/define-plugin'
import { plugin } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.condition.Not',
  kind: 'condition',
  title: 'Not',
  description: `Holds if none of its conditions holds.`,
  properties: z.object({ conditions: z.array(plugin('condition')).min(1) }),
  holds: holdsNone,
  examples: [
    {
      title: 'Not',
      yaml: `id: not
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
      - type: io.kestra.plugin.core.condition.Not
        conditions:
          - type: io.kestra.plugin.core.condition.Weekend
`,
    },
  ],
})

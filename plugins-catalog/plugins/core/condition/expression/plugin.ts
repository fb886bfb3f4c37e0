import { z } from 'zod'
import { isTrue } from '#language/conditions/held-conditions'
import { definePlugin } from '#language/define-plugin'
import { text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.condition.Expression',
  kind: 'condition',
  title: 'By an expression',
  description: `Holds if the rendered expression counts as true.`,
  properties: z.object({ expression: text() }),
  holds: isTrue,
  examples: [
    {
      title: 'By an expression',
      yaml: `id: expression
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
      - type: io.kestra.plugin.core.condition.Expression
        expression: "{{ 1 == 1 }}"
`,
    },
  ],
})

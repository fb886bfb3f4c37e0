import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { content, oneOf } from '#language/fields'
import { logLevels } from '#language/states'

export default definePlugin({
  type: 'io.kestra.plugin.core.debug.Echo',
  kind: 'task',
  step: 'pure',
  title: 'Log a rendered value',
  description: `An older form of Log.`,
  properties: z.object({
    format: content().meta({ description: 'What to log.' }).optional(),
    level: oneOf(logLevels).meta({ description: 'Level of the line.' }).default('INFO'),
  }),
  deprecated: 'use io.kestra.plugin.core.log.Log',
  examples: [
    {
      title: 'Log a greeting',
      yaml: `id: echo
namespace: company.team
tasks:
  - id: greeting
    type: io.kestra.plugin.core.debug.Echo
    format: "Hello from {{ flow.id }}"
`,
    },
  ],
})

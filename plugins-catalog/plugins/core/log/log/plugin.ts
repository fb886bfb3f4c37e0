import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { list, oneOf, text } from '#language/fields'
import { logLevels } from '#language/states'

export default definePlugin({
  type: 'io.kestra.plugin.core.log.Log',
  kind: 'task',
  step: 'pure',
  title: 'Write to the log',
  description: `Renders a message, or several, and writes each as a line of the execution's log.`,
  properties: z.object({
    message: z.union([list(text()), text()]).meta({ description: 'A message, or a list of them.' }),
    level: oneOf(logLevels).meta({ description: 'Level of the lines.' }).default('INFO'),
  }),
  examples: [
    {
      title: 'Two lines',
      yaml: `id: log
namespace: company.team
tasks:
  - id: hello
    type: io.kestra.plugin.core.log.Log
    level: WARN
    message:
      - Hello
      - "this is execution {{ execution.id }}"
`,
    },
  ],
})

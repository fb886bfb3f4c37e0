import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { bool, list, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.execution.UnsetVariables',
  kind: 'task',
  step: 'pure',
  title: 'Remove variables of the execution',
  description: `Removes variables by name.`,
  properties: z.object({
    variables: list(text()).meta({ description: 'Names.' }),
    ignoreMissing: bool()
      .meta({ description: 'Whether a variable that does not exist is fine; otherwise the task fails.' })
      .default(false),
  }),
  examples: [
    {
      title: 'Remove a variable',
      yaml: `id: unset_variables
namespace: company.team
variables:
  greeting: Hello
tasks:
  - id: unset
    type: io.kestra.plugin.core.execution.UnsetVariables
    variables:
      - greeting
`,
    },
  ],
})

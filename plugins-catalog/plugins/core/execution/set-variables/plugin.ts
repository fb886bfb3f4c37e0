import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyObject, bool } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.execution.SetVariables',
  kind: 'task',
  step: 'pure',
  title: 'Set variables of the execution',
  description: `Sets variables that later tasks read as \`vars.name\`.`,
  properties: z.object({
    variables: anyObject().meta({ description: 'Name to value.' }),
    overwrite: bool()
      .meta({ description: 'Whether a variable that exists is replaced; otherwise the task fails.' })
      .default(true),
  }),
  examples: [
    {
      title: 'Set and read a variable',
      yaml: `id: set_variables
namespace: company.team
variables:
  greeting: Hello
tasks:
  - id: set
    type: io.kestra.plugin.core.execution.SetVariables
    variables:
      name: world
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "{{ vars.greeting }} {{ vars.name }}"
`,
    },
  ],
})

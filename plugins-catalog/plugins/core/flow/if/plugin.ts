import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { bool, branches, tasks, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.flow.If',
  kind: 'task',
  step: 'flow',
  title: 'Run tasks if a condition holds',
  description: `The condition is rendered; empty text, \`false\`, \`0\` and \`-0\` count as false, all else as true.`,
  properties: z.object({
    condition: text().meta({ description: 'An expression.' }).optional(),
    // biome-ignore lint/suspicious/noThenProperty: the flow language's word
    then: tasks().meta({ description: 'Run if the condition holds.' }),
    else: tasks().meta({ description: 'Run if it does not.' }).optional(),
    ...branches,
  }),
  outputs: z.object({ evaluationResult: bool().meta({ description: 'What the condition came to.' }) }),
  children: ['then', 'else', 'errors', 'finally'],
  examples: [
    {
      title: 'Greet whom we know',
      yaml: `id: if
namespace: company.team
inputs:
  - id: name
    type: STRING
    defaults: world
tasks:
  - id: known
    type: io.kestra.plugin.core.flow.If
    condition: "{{ inputs.name != '' }}"
    then:
      - id: greet
        type: io.kestra.plugin.core.log.Log
        message: "Hello {{ inputs.name }}"
    else:
      - id: ask
        type: io.kestra.plugin.core.log.Log
        message: Who are you?
`,
    },
  ],
})

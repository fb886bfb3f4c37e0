import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { bool, branches, taskLists, tasks, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.flow.Switch',
  kind: 'task',
  step: 'flow',
  title: 'Choose tasks by a value',
  description: `Runs the tasks of the case whose name equals the rendered value, else those of \`defaults\`.`,
  properties: z.object({
    value: text().meta({ description: 'Compared with the names of the cases as text.' }),
    cases: taskLists().meta({ description: 'Name of the case to its tasks.' }).optional(),
    defaults: tasks().meta({ description: 'Run if no case fits.' }).optional(),
    ...branches,
  }),
  outputs: z.object({
    value: text().meta({ description: 'The rendered value.' }),
    defaults: bool().meta({ description: 'Whether no case fitted.' }),
  }),
  children: ['cases', 'defaults', 'errors', 'finally'],
  examples: [
    {
      title: 'By the value of an input',
      yaml: `id: switch
namespace: company.team
inputs:
  - id: size
    type: SELECT
    values: [SMALL, LARGE]
    defaults: SMALL
tasks:
  - id: by_size
    type: io.kestra.plugin.core.flow.Switch
    value: "{{ inputs.size }}"
    cases:
      SMALL:
        - id: small
          type: io.kestra.plugin.core.log.Log
          message: a small one
    defaults:
      - id: other
        type: io.kestra.plugin.core.log.Log
        message: any other
`,
    },
  ],
})

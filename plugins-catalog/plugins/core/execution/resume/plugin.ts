import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyObject, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.execution.Resume',
  kind: 'task',
  step: 'activity',
  title: 'Resume an execution',
  description:
    'Lets a paused execution go on, as its user could. Fails where it is not paused or its inputs are wrong.',
  properties: z.object({
    executionId: text()
      .optional()
      .meta({ description: 'The paused execution; the running one where nothing is said.' }),
    namespace: text().optional().meta({ description: 'Of the flow; an execution is found by its id alone.' }),
    flowId: text().optional().meta({ description: 'Of the execution; it is found by its id alone.' }),
    inputs: anyObject().optional().meta({ description: 'What its Pause asks for.' }),
  }),
  outputs: z.object({}),
  examples: [
    {
      title: 'Resume the execution that an alert names',
      yaml: `id: resume_another
namespace: company.team
inputs:
  - id: execution
    type: STRING

tasks:
  - id: go_on
    type: io.kestra.plugin.core.execution.Resume
    executionId: "{{ inputs.execution }}"
`,
    },
  ],
})

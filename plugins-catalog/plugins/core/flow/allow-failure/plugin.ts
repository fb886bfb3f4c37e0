import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { branches, tasks } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.flow.AllowFailure',
  kind: 'task',
  step: 'flow',
  title: 'Let tasks fail without failing the flow',
  description: `Runs its tasks in order. If one fails, this task ends as WARNING and the flow goes on.`,
  properties: z.object({ tasks: tasks().meta({ description: 'Run in this order.' }), ...branches }),
  children: ['tasks', 'errors', 'finally'],
  examples: [
    {
      title: 'Go on after a failure',
      yaml: `id: allow_failure
namespace: company.team
tasks:
  - id: try
    type: io.kestra.plugin.core.flow.AllowFailure
    tasks:
      - id: fails
        type: io.kestra.plugin.core.execution.Fail
  - id: goes_on
    type: io.kestra.plugin.core.log.Log
    message: still here
`,
    },
  ],
})

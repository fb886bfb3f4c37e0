import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { branches, tasks } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.flow.Sequential',
  kind: 'task',
  step: 'flow',
  title: 'Run tasks one after another',
  description: `Groups tasks: they run in order and stop at the first failure. Useful to give a group its own \`errors\` and \`finally\`.`,
  properties: z.object({ tasks: tasks().meta({ description: 'Run in this order.' }), ...branches }),
  children: ['tasks', 'errors', 'finally'],
  examples: [
    {
      title: 'Two tasks with a handler of their own',
      yaml: `id: sequential
namespace: company.team
tasks:
  - id: group
    type: io.kestra.plugin.core.flow.Sequential
    tasks:
      - id: first
        type: io.kestra.plugin.core.debug.Return
        format: one
      - id: second
        type: io.kestra.plugin.core.debug.Return
        format: "{{ outputs.first.value }}, two"
    errors:
      - id: tell
        type: io.kestra.plugin.core.log.Log
        message: the group failed
`,
    },
  ],
})

import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { branches, int, tasks } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.flow.Parallel',
  kind: 'task',
  step: 'flow',
  title: 'Run tasks at the same time',
  description: `Starts all tasks at once, or a few at a time with \`concurrent\`. Fails as soon as one of them failed for good; those that run already are not stopped.`,
  properties: z.object({
    tasks: tasks().meta({ description: 'Started in this order.' }),
    concurrent: int().pipe(z.number().min(0)).meta({ description: 'How many run at once; 0 for all.' }).default(0),
    ...branches,
  }),
  children: ['tasks', 'errors', 'finally'],
  examples: [
    {
      title: 'Two tasks at once',
      yaml: `id: parallel
namespace: company.team
tasks:
  - id: both
    type: io.kestra.plugin.core.flow.Parallel
    concurrent: 2
    tasks:
      - id: left
        type: io.kestra.plugin.core.debug.Return
        format: left
      - id: right
        type: io.kestra.plugin.core.debug.Return
        format: right
  - id: after
    type: io.kestra.plugin.core.log.Log
    message: "{{ outputs.left.value }} and {{ outputs.right.value }}"
`,
    },
  ],
})

import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { branches, heldTask, int, list, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.flow.Dag',
  kind: 'task',
  step: 'flow',
  title: 'Run tasks by what they depend on',
  description: `A task starts as soon as every task in its \`dependsOn\` has ended; tasks without any start at once.`,
  properties: z.object({
    tasks: z
      .array(
        z.strictObject({
          task: heldTask().meta({ tasks: 'one' }),
          dependsOn: list(text())
            .meta({ description: 'Ids of tasks of this Dag that must have ended before.' })
            .optional(),
        }),
      )
      .min(1, 'needs at least one task')
      .meta({ tasks: 'dag', description: 'Each with what it depends on.' }),
    concurrent: int().pipe(z.number().min(0)).meta({ description: 'How many run at once; 0 for all.' }).default(0),
    ...branches,
  }),
  children: ['tasks', 'errors', 'finally'],
  examples: [
    {
      title: 'One task waits for another',
      yaml: `id: dag
namespace: company.team
tasks:
  - id: graph
    type: io.kestra.plugin.core.flow.Dag
    tasks:
      - task:
          id: extract
          type: io.kestra.plugin.core.debug.Return
          format: rows
      - task:
          id: load
          type: io.kestra.plugin.core.log.Log
          message: "{{ outputs.extract.value }}"
        dependsOn:
          - extract
`,
    },
  ],
})

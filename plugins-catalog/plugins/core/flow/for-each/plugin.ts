import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyJson, branches, int, list, tasks, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.flow.ForEach',
  kind: 'task',
  step: 'flow',
  title: 'Run tasks for each value of a list',
  description: `Runs its tasks in order, once per value. A task reads its value as \`{{ taskrun.value }}\`; after the loop the output of a task is read by value: \`outputs.task[value]\`.`,
  properties: z.object({
    values: z
      .union([list(anyJson()), text()])
      .meta({ description: 'A list, or an expression or JSON text that gives one. Equal values count once.' }),
    concurrencyLimit: int()
      .pipe(z.number().min(0))
      .meta({ description: 'How many values at once; 1 for one after another, 0 for all.' })
      .default(1),
    tasks: tasks().meta({ description: 'Run in this order for each value.' }),
    ...branches,
  }),
  children: ['tasks', 'errors', 'finally'],
  examples: [
    {
      title: 'Greet several people, two at a time',
      yaml: `id: for_each
namespace: company.team
tasks:
  - id: each_name
    type: io.kestra.plugin.core.flow.ForEach
    values: [anna, bert]
    concurrencyLimit: 2
    tasks:
      - id: greet
        type: io.kestra.plugin.core.debug.Return
        format: "Hello {{ taskrun.value }}"
  - id: first
    type: io.kestra.plugin.core.log.Log
    message: "{{ outputs.greet['anna'].value }}"
`,
    },
  ],
})

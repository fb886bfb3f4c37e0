import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyJson, branches, int, list, tasks, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.flow.EachParallel',
  kind: 'task',
  step: 'flow',
  title: 'Run tasks for each value, at the same time',
  description: `An older form of ForEach.`,
  properties: z.object({
    value: z
      .union([list(anyJson()), text()])
      .meta({ description: 'A list, or an expression or JSON text that gives one.' }),
    concurrent: int().pipe(z.number().min(0)).meta({ description: 'How many values at once; 0 for all.' }).default(0),
    tasks: tasks().meta({ description: 'Run for each value.' }),
    ...branches,
  }),
  children: ['tasks', 'errors', 'finally'],
  deprecated: 'use io.kestra.plugin.core.flow.ForEach',
  examples: [
    {
      title: 'Greet several people',
      yaml: `id: each_parallel
namespace: company.team
tasks:
  - id: each_name
    type: io.kestra.plugin.core.flow.EachParallel
    value: '["anna", "bert"]'
    tasks:
      - id: greet
        type: io.kestra.plugin.core.debug.Return
        format: "Hello {{ taskrun.value }}"
`,
    },
  ],
})

import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyJson, branches, list, tasks, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.flow.EachSequential',
  kind: 'task',
  step: 'flow',
  title: 'Run tasks for each value, one after another',
  description: `An older form of ForEach.`,
  properties: z.object({
    value: z
      .union([list(anyJson()), text()])
      .meta({ description: 'A list, or an expression or JSON text that gives one.' }),
    tasks: tasks().meta({ description: 'Run for each value.' }),
    ...branches,
  }),
  children: ['tasks', 'errors', 'finally'],
  deprecated: 'use io.kestra.plugin.core.flow.ForEach',
  examples: [
    {
      title: 'Greet several people',
      yaml: `id: each_sequential
namespace: company.team
tasks:
  - id: each_name
    type: io.kestra.plugin.core.flow.EachSequential
    value: '["anna", "bert"]'
    tasks:
      - id: greet
        type: io.kestra.plugin.core.debug.Return
        format: "Hello {{ taskrun.value }}"
`,
    },
  ],
})

import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyJson, bool, branches, int, list, map, oneOf, tasks, text } from '#language/fields'
import { Output } from '#language/flow'

export default definePlugin({
  type: 'io.kestra.plugin.core.flow.Loop',
  kind: 'task',
  step: 'flow',
  title: 'Run tasks for each value, each in a context of its own',
  description: `Runs its tasks in order, once per value. A task reads \`{{ item.value }}\`, \`{{ item.index }}\` and, of a map, \`{{ item.key }}\`, at any depth; \`item.parent\` is the item of the loop around. Tasks read outputs of their own iteration as \`outputs.task.x\`; after the loop only what \`outputs\` declares is there.`,
  properties: z.object({
    values: z.union([list(anyJson()), map(anyJson()), text()]).meta({
      description: 'A list, a map, an expression or JSON text of one, or the URI of a file whose lines are the values.',
    }),
    concurrencyLimit: int()
      .pipe(z.number().min(0))
      .meta({ description: 'How many iterations at once; 1 for one after another, 0 for all.' })
      .default(1),
    transmitFailed: bool().meta({ description: 'Whether a failed iteration fails the loop.' }).default(true),
    outputs: z
      .array(Output)
      .meta({ description: 'What each iteration hands out: rendered when its tasks have ended.' })
      .optional(),
    fetchType: oneOf(['AUTO', 'FETCH', 'STORE'])
      .meta({
        description: 'Where outputs go: into `outputs`, or into a file at `uri`. AUTO stores those of a file’s lines.',
      })
      .default('AUTO'),
    tasks: tasks().meta({ description: 'Run in this order for each value.' }),
    ...branches,
  }),
  outputs: z.object({
    iterationCount: int(),
    runningIterations: int(),
    terminatedIterations: int(),
    outputs: list(anyJson()).meta({ description: 'One `{ item, outputs }` an iteration.' }).optional(),
    uri: text().meta({ description: 'The file of the outputs, where they are stored.' }).optional(),
  }),
  children: ['tasks', 'errors', 'finally'],
  examples: [
    {
      title: 'Greet several people and collect the greetings',
      yaml: `id: loop
namespace: company.team
tasks:
  - id: each_name
    type: io.kestra.plugin.core.flow.Loop
    values: [anna, bert]
    concurrencyLimit: 2
    outputs:
      - id: greeting
        type: STRING
        value: "{{ outputs.greet.value }}"
    tasks:
      - id: greet
        type: io.kestra.plugin.core.debug.Return
        format: "Hello {{ item.value }}"
  - id: all
    type: io.kestra.plugin.core.log.Log
    message: "{{ loopOutputs(outputs.each_name.outputs, 'greeting') }}"
`,
    },
  ],
})

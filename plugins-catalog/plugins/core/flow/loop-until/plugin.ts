import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { bool, branches, duration, int, object, tasks, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.flow.LoopUntil',
  aliases: ['io.kestra.plugin.core.flow.WaitFor'],
  kind: 'task',
  step: 'flow',
  title: 'Repeat tasks until a condition holds',
  description: `Runs its tasks, then looks at the condition; while it does not hold, waits and runs them again.`,
  properties: z.object({
    condition: text().meta({
      description: 'An expression over the outputs of the tasks; ends the loop once it holds.',
    }),
    tasks: tasks().meta({ description: 'Run in this order in each round.' }),
    failOnMaxReached: bool().meta({ description: 'Whether the task fails when a limit ends the loop.' }).default(false),
    checkFrequency: object({
      interval: duration().meta({ description: 'Wait between two rounds.' }).default('PT1M'),
      maxIterations: int().meta({ description: 'Rounds at most.' }).optional(),
      maxDuration: duration().meta({ description: 'Time at most.' }).optional(),
    })
      .meta({ description: 'How often to look, and when to give up.' })
      .optional(),
    ...branches,
  }),
  outputs: z.object({ iterationCount: int().meta({ description: 'Rounds so far.' }) }),
  children: ['tasks', 'errors', 'finally'],
  examples: [
    {
      title: 'Ask until it is done',
      yaml: `id: loop_until
namespace: company.team
tasks:
  - id: poll
    type: io.kestra.plugin.core.flow.LoopUntil
    condition: "{{ outputs.status.value == 'done' }}"
    checkFrequency:
      interval: PT1S
      maxIterations: 10
    tasks:
      - id: status
        type: io.kestra.plugin.core.debug.Return
        format: done
`,
    },
  ],
})

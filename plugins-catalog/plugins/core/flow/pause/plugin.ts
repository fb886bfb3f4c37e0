import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyObject, branches, duration, oneOf, task, tasks, text } from '#language/fields'
import { Inputs } from '#language/inputs/input'

export default definePlugin({
  type: 'io.kestra.plugin.core.flow.Pause',
  kind: 'task',
  step: 'flow',
  title: 'Wait for someone to resume',
  description: `Pauses the execution until it is resumed by hand or by the API, or until \`pauseDuration\` is over. What is asked of who resumes is read as \`outputs.pause.onResume\`.`,
  properties: z.object({
    pauseDuration: duration()
      .meta({ description: 'Ends the pause by itself after this time; without it the pause has no end.' })
      .optional(),
    delay: duration()
      .meta({ description: 'Older name of pauseDuration.', deprecated: true, instead: 'pauseDuration' })
      .optional(),
    behavior: oneOf(['RESUME', 'WARN', 'FAIL', 'CANCEL'])
      .meta({ description: 'What happens when the time is over.' })
      .default('RESUME'),
    onPause: task().meta({ description: 'A task run when the pause begins, e.g. to tell someone.' }).optional(),
    onResume: Inputs.meta({ description: 'Inputs asked of who resumes.' }).optional(),
    tasks: tasks()
      .meta({ description: 'Run after the pause.', deprecated: true, instead: 'tasks after the Pause' })
      .optional(),
    ...branches,
  }),
  outputs: z.object({
    onResume: anyObject().meta({ description: 'Inputs given by who resumed.' }),
    resumed: z
      .object({ by: text().optional(), on: text(), to: text().optional() })
      .meta({ description: 'Who resumed, when, and to which state.' }),
  }),
  children: ['onPause', 'tasks', 'errors', 'finally'],
  examples: [
    {
      title: 'Wait for an approval, an hour at most',
      yaml: `id: wait_for_approval
namespace: company.team
tasks:
  - id: approval
    type: io.kestra.plugin.core.flow.Pause
    pauseDuration: PT1H
    behavior: FAIL
    onResume:
      - id: reason
        type: STRING
  - id: approved
    type: io.kestra.plugin.core.log.Log
    message: "Approved: {{ outputs.approval.onResume.reason }}"
`,
    },
  ],
})

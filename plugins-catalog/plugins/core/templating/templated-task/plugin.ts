import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.templating.TemplatedTask',
  kind: 'task',
  step: 'activity',
  title: 'Run a task made from a template',
  description:
    'Renders a text, reads it as the YAML of one task, and runs that as part of this task run. Its outputs are those of this task. It can be any task but one that holds others, or that changes its execution.',
  properties: z.object({
    spec: text().meta({ description: 'The YAML of a task, without an id. Rendered before it is read.' }),
  }),
  // Those of a task that only the running flow knows: any name may be read.
  outputs: z.looseObject({}),
  examples: [
    {
      title: 'Choose the type of a task by an input',
      yaml: `id: templated_task
namespace: company.team

inputs:
  - id: action
    type: SELECT
    values: [Get, Delete]
    defaults: Get

tasks:
  - id: color
    type: io.kestra.plugin.core.templating.TemplatedTask
    spec: |
      type: io.kestra.plugin.core.kv.{{ inputs.action }}
      key: color

  - id: log
    type: io.kestra.plugin.core.log.Log
    message: "{{ outputs.color.value ?? outputs.color.deleted }}"
`,
    },
  ],
})

import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { list, object, oneOf, text } from '#language/fields'
import { executionStates } from '#language/states'
import { moment } from '../../shared/date'

export default definePlugin({
  type: 'io.kestra.plugin.core.execution.Count',
  aliases: ['io.kestra.core.tasks.executions.Counts'],
  kind: 'task',
  step: 'activity',
  title: 'Count executions',
  description:
    'Counts the executions of flows, or of namespaces, and keeps those counts for which an expression is true.',
  properties: z.object({
    flows: list(object({ namespace: text(), flowId: text() }))
      .optional()
      .meta({ description: 'Flows to count for, each by itself.' }),
    namespaces: list(text()).optional().meta({ description: 'Namespaces to count for, each by itself.' }),
    states: list(oneOf(executionStates)).optional().meta({ description: 'In these states only.' }),
    startDate: moment().meta({ description: 'Made from then on.' }),
    endDate: moment().optional().meta({ description: 'Made until then.' }),
    expression: text().meta({ description: 'Keeps a count where it is true; `count` is the number.' }),
  }),
  outputs: z.object({
    results: z
      .array(z.object({ namespace: z.string(), flowId: z.string().optional(), count: z.number() }))
      .meta({ description: 'The counts that were kept.' }),
    total: z.number().meta({ description: 'Their sum.' }),
  }),
  renderLater: ['expression'],
  examples: [
    {
      title: 'Find flows that did not run for a day',
      yaml: `id: count
namespace: company.team

tasks:
  - id: idle
    type: io.kestra.plugin.core.execution.Count
    expression: "{{ count == 0 }}"
    startDate: "{{ now() | dateAdd(-1, 'DAYS') }}"
    flows:
      - namespace: company.team
        flowId: import
  - id: show
    type: io.kestra.plugin.core.log.Log
    message: "{{ outputs.idle.results }}"
`,
    },
  ],
})

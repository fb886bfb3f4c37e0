import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { bool, int, list, oneOf, text } from '#language/fields'
import { executionStates } from '#language/states'
import { moment } from '../../shared/date'

export default definePlugin({
  type: 'io.kestra.plugin.core.execution.PurgeExecutions',
  aliases: ['io.kestra.plugin.core.storage.Purge'],
  kind: 'task',
  step: 'activity',
  title: 'Purge executions',
  description:
    'Removes ended executions for good, with their logs, metrics and files. What still runs is left alone. Without a namespace, those of all namespaces.',
  properties: z.object({
    namespace: text().optional().meta({ description: 'With `flowId` that of the flow; else those below it, too.' }),
    flowId: text().optional().meta({ description: 'Of this flow only; needs its `namespace`.' }),
    startDate: moment().optional().meta({ description: 'Made from then on.' }),
    endDate: moment().meta({ description: 'Made until then.' }),
    states: list(oneOf(executionStates)).optional().meta({ description: 'In these states only.' }),
    purgeExecution: bool().default(true).meta({ description: 'The executions and their task runs.' }),
    purgeLog: bool().default(true).meta({ description: 'Their logs.' }),
    purgeMetric: bool().default(true).meta({ description: 'Their metrics.' }),
    purgeStorage: bool().default(true).meta({ description: 'Their files in internal storage.' }),
    batchSize: int().pipe(z.int().min(1).max(1000)).default(100).meta({ description: 'How many at a time.' }),
  }),
  outputs: z.object({
    executionsCount: z.number(),
    logsCount: z.number(),
    metricsCount: z.number(),
    storagesCount: z.number().meta({ description: 'How many files.' }),
  }),
  examples: [
    {
      title: 'Each night, remove what is older than a month',
      yaml: `id: purge_executions
namespace: company.team

tasks:
  - id: purge
    type: io.kestra.plugin.core.execution.PurgeExecutions
    namespace: company
    endDate: "{{ now() | dateAdd(-1, 'MONTHS') }}"
    states:
      - SUCCESS
      - WARNING

triggers:
  - id: nightly
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "0 3 * * *"
`,
    },
  ],
})

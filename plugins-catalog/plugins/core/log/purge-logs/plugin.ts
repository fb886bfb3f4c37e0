import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { list, oneOf, text } from '#language/fields'
import { logLevels } from '#language/states'
import { moment } from '../../shared/date'

export default definePlugin({
  type: 'io.kestra.plugin.core.log.PurgeLogs',
  kind: 'task',
  step: 'activity',
  title: 'Purge logs',
  description: 'Removes lines of log for good; the executions stay. Without a namespace, those of all namespaces.',
  properties: z.object({
    namespace: text().optional().meta({ description: 'With `flowId` that of the flow; else those below it, too.' }),
    flowId: text().optional().meta({ description: 'Of this flow only; needs its `namespace`.' }),
    executionId: text().optional().meta({ description: 'Of this execution only.' }),
    logLevels: list(oneOf(logLevels)).optional().meta({ description: 'Of these levels only.' }),
    startDate: moment().optional().meta({ description: 'Written from then on.' }),
    endDate: moment().meta({ description: 'Written until then.' }),
  }),
  outputs: z.object({ count: z.number().meta({ description: 'How many lines were removed.' }) }),
  examples: [
    {
      title: 'Remove what was written for debugging a week ago',
      yaml: `id: purge_logs
namespace: company.team

tasks:
  - id: purge
    type: io.kestra.plugin.core.log.PurgeLogs
    endDate: "{{ now() | dateAdd(-7, 'DAYS') }}"
    logLevels:
      - DEBUG
      - TRACE
`,
    },
  ],
})

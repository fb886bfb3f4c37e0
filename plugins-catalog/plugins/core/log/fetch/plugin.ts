import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { list, oneOf, text } from '#language/fields'
import { logLevels } from '#language/states'

export default definePlugin({
  type: 'io.kestra.plugin.core.log.Fetch',
  kind: 'task',
  step: 'activity',
  title: 'Fetch logs',
  description: 'Stores lines of log as a file: of this execution, of another one, of a flow, or of a namespace.',
  properties: z.object({
    executionId: text().optional().meta({ description: 'Of this execution; the running one where nothing is said.' }),
    namespace: text().optional().meta({ description: 'With `flowId` that of the flow; else those below it, too.' }),
    flowId: text().optional().meta({ description: 'Of this flow only; needs its `namespace`.' }),
    tasksId: list(text()).optional().meta({ description: 'Of these tasks only.' }),
    level: oneOf(logLevels).default('INFO').meta({ description: 'The least level.' }),
  }),
  outputs: z.object({
    size: z.number().meta({ description: 'How many lines.' }),
    uri: z.string().meta({ description: 'The file: Ion, a line each.' }),
  }),
  examples: [
    {
      title: 'Keep what an execution said',
      yaml: `id: fetch_logs
namespace: company.team

errors:
  - id: logs
    type: io.kestra.plugin.core.log.Fetch
    level: WARN

tasks:
  - id: risky
    type: io.kestra.plugin.core.execution.Fail
`,
    },
  ],
})

import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'

export default definePlugin({
  type: 'io.kestra.plugin.core.runner.Process',
  kind: 'taskRunner',
  title: 'A process beside the worker',
  description: `Runs commands as a process of the worker's own machine, without isolation: for installations that one team uses.`,
  properties: z.object({}),
  examples: [
    {
      title: 'On the machine of the worker',
      yaml: `id: process
namespace: company.team
tasks:
  - id: hello
    type: io.kestra.plugin.scripts.shell.Commands
    taskRunner:
      type: io.kestra.plugin.core.runner.Process
    commands:
      - echo hello
`,
    },
  ],
})

import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { actionProperties, listProperties, watchProperties } from '../../shared/properties'
import { connectionProperties, fileOutput } from '../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.fs.sftp.Trigger',
  kind: 'trigger',
  starts: 'polling',
  title: 'Start when files arrive on an SFTP server',
  description: `Looks into a folder at each interval, fetches what is new, and starts the flow with it.
Each version of a file starts one execution, whatever happens to the worker meanwhile. With \`action: NONE\` the trigger remembers
what it saw; with MOVE or DELETE the files leave once the execution is kept. A file that changed within the last two seconds
may still be being written, and waits for the next look.`,
  properties: z.object({ ...connectionProperties, ...listProperties, ...actionProperties, ...watchProperties }),
  outputs: z.object({
    files: z.array(z.object({ ...fileOutput, changeType: z.enum(['CREATE', 'UPDATE']) })),
  }),
  examples: [
    {
      title: 'Process each new CSV file',
      yaml: `id: sftp_trigger
namespace: company.team
tasks:
  - id: each
    type: io.kestra.plugin.core.flow.ForEach
    values: "{{ trigger.files | jq('.[].path') }}"
    tasks:
      - id: show
        type: io.kestra.plugin.core.log.Log
        message: "{{ taskrun.value }}"
triggers:
  - id: watch
    type: io.kestra.plugin.fs.sftp.Trigger
    interval: PT5M
    host: sftp.example.com
    username: me
    password: "{{ secret('SFTP_PASSWORD') }}"
    from: /in/
    regExp: .*\\.csv
    action: MOVE
    moveDirectory: /archive/
`,
    },
  ],
})

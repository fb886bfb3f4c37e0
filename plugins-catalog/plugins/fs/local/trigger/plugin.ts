import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { actionProperties, listProperties, watchProperties } from '../../shared/properties'
import { fileOutput, openFolders } from '../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.fs.local.Trigger',
  kind: 'trigger',
  starts: 'polling',
  title: "Start when files arrive in a folder of the worker's machine",
  description: `Looks into a folder at each interval, stores what is new, and starts the flow with it.
Each version of a file starts one execution, whatever happens to the worker meanwhile. With \`action: NONE\` the trigger remembers
what it saw; with MOVE or DELETE the files leave once the execution is kept. A file that changed within the last two seconds
may still be being written, and waits for the next look. ${openFolders}`,
  properties: z.object({ ...listProperties, ...actionProperties, ...watchProperties }),
  outputs: z.object({
    files: z.array(z.object({ ...fileOutput, changeType: z.enum(['CREATE', 'UPDATE']) })),
    count: z.number().meta({ description: 'How many files.' }),
  }),
  examples: [
    {
      title: 'Process each new file',
      yaml: `id: local_trigger
namespace: company.team
tasks:
  - id: each
    type: io.kestra.plugin.core.flow.ForEach
    values: "{{ trigger.files | jq('.[].uri') }}"
    tasks:
      - id: show
        type: io.kestra.plugin.core.log.Log
        message: "{{ taskrun.value }}"
triggers:
  - id: watch
    type: io.kestra.plugin.fs.local.Trigger
    interval: PT10S
    from: /data/in
    action: MOVE
    moveDirectory: /data/archive
`,
    },
  ],
})

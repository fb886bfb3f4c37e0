import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'

export default definePlugin({
  type: 'io.kestra.plugin.core.storage.PurgeCurrentExecutionFiles',
  kind: 'task',
  step: 'activity',
  title: 'Delete the files of the execution',
  description: 'Deletes all files that the execution stored so far.',
  properties: z.object({}),
  outputs: z.object({ uris: z.array(z.string()).meta({ description: 'What was deleted.' }) }),
  examples: [
    {
      title: 'Delete the files of the execution',
      yaml: `id: purge
namespace: company.team

tasks:
  - id: write
    type: io.kestra.plugin.core.storage.Write
    extension: .ion
    content: |
      {"id": 1, "city": "Oslo"}
      {"id": 2, "city": "Rome"}
      {"id": 1, "city": "Bern"}

  - id: purge
    type: io.kestra.plugin.core.storage.PurgeCurrentExecutionFiles
`,
    },
  ],
})

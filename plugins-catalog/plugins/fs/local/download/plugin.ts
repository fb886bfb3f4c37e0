import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { text } from '#language/fields'
import { openFolders } from '../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.fs.local.Download',
  kind: 'task',
  step: 'activity',
  title: "Read a file of the worker's machine",
  description: openFolders,
  properties: z.object({ from: text().meta({ description: 'The path of the file.' }) }),
  outputs: z.object({ uri: z.string().meta({ description: 'The stored file.' }), size: z.number() }),
  examples: [
    {
      title: 'Read a file',
      yaml: `id: local_download
namespace: company.team
tasks:
  - id: download
    type: io.kestra.plugin.fs.local.Download
    from: /data/in/orders.csv
`,
    },
  ],
})

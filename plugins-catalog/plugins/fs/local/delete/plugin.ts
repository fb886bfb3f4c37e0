import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { bool, text } from '#language/fields'
import { openFolders } from '../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.fs.local.Delete',
  kind: 'task',
  step: 'activity',
  title: "Delete a file of the worker's machine",
  description: openFolders,
  properties: z.object({
    from: text().meta({ description: 'The path of a file or a folder.' }),
    errorOnMissing: bool().default(false).meta({ description: 'Fail where there is none.' }),
    recursive: bool().default(false).meta({ description: 'A folder with all that it holds.' }),
  }),
  outputs: z.object({ deleted: z.boolean() }),
  examples: [
    {
      title: 'Delete a file',
      yaml: `id: local_delete
namespace: company.team
tasks:
  - id: delete
    type: io.kestra.plugin.fs.local.Delete
    from: /data/in/orders.csv
`,
    },
  ],
})

import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { bool, text } from '#language/fields'
import { openFolders } from '../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.fs.local.Copy',
  kind: 'task',
  step: 'activity',
  title: "Copy a file of the worker's machine",
  description: openFolders,
  properties: z.object({
    from: text().meta({ description: 'The path of a file.' }),
    to: text().meta({ description: 'The path to copy it to.' }),
    overwrite: bool().default(false).meta({ description: 'Replace what is there.' }),
  }),
  examples: [
    {
      title: 'Copy a file',
      yaml: `id: local_copy
namespace: company.team
tasks:
  - id: copy
    type: io.kestra.plugin.fs.local.Copy
    from: /data/in/orders.csv
    to: /data/backup/orders.csv
`,
    },
  ],
})

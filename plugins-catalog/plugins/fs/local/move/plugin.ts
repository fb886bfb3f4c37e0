import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { bool, text } from '#language/fields'
import { openFolders } from '../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.fs.local.Move',
  kind: 'task',
  step: 'activity',
  title: "Move a file of the worker's machine",
  description: openFolders,
  properties: z.object({
    from: text().meta({ description: 'The path of a file or a folder.' }),
    to: text().meta({ description: 'The path to move it to.' }),
    overwrite: bool().default(false).meta({ description: 'Replace what is there.' }),
  }),
  examples: [
    {
      title: 'Move a file',
      yaml: `id: local_move
namespace: company.team
tasks:
  - id: move
    type: io.kestra.plugin.fs.local.Move
    from: /data/in/orders.csv
    to: /data/archive/orders.csv
`,
    },
  ],
})

import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { bool, text } from '#language/fields'
import { openFolders } from '../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.fs.local.Upload',
  kind: 'task',
  step: 'activity',
  title: "Write a file to the worker's machine",
  description: openFolders,
  properties: z.object({
    from: text().meta({ description: 'The URI of a stored file.' }),
    to: text().meta({ description: 'The path to write to; its own name is added to a folder.' }),
    overwrite: bool().default(true).meta({ description: 'Replace what is there.' }),
  }),
  outputs: z.object({ uri: z.string(), size: z.number() }),
  examples: [
    {
      title: 'Write what was downloaded',
      yaml: `id: local_upload
namespace: company.team
tasks:
  - id: upload
    type: io.kestra.plugin.fs.local.Upload
    from: "{{ outputs.extract.uri }}"
    to: /data/out/orders.csv
`,
    },
  ],
})

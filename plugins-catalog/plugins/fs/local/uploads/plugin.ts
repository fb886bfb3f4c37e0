import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyJson, bool, int, text } from '#language/fields'
import { openFolders } from '../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.fs.local.Uploads',
  kind: 'task',
  step: 'activity',
  title: "Write several files to the worker's machine",
  description: openFolders,
  properties: z.object({
    from: anyJson().meta({ description: 'URIs of stored files: a list, or a map of names to them.' }),
    to: text().meta({ description: 'The folder to write to.' }),
    regExp: text().optional().meta({ description: 'A regular expression of whole URIs.' }),
    maxFiles: int().pipe(z.int().min(1)).default(25).meta({ description: 'At most so many files.' }),
    overwrite: bool().default(true).meta({ description: 'Replace what is there.' }),
  }),
  outputs: z.object({ files: z.array(z.string()) }),
  examples: [
    {
      title: 'Write under names of your choice',
      yaml: `id: local_uploads
namespace: company.team
tasks:
  - id: uploads
    type: io.kestra.plugin.fs.local.Uploads
    from:
      orders.csv: "{{ outputs.extract.uri }}"
    to: /data/out
`,
    },
  ],
})

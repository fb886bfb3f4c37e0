import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { listProperties } from '../../shared/properties'
import { fileOutput, openFolders } from '../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.fs.local.List',
  kind: 'task',
  step: 'activity',
  title: "List files of the worker's machine",
  description: openFolders,
  properties: z.object({ ...listProperties }),
  outputs: z.object({ files: z.array(z.object(fileOutput)), count: z.number() }),
  examples: [
    {
      title: 'All CSV files of a folder',
      yaml: `id: local_list
namespace: company.team
tasks:
  - id: list
    type: io.kestra.plugin.fs.local.List
    from: /data/in
    regExp: .*\\.csv
`,
    },
  ],
})

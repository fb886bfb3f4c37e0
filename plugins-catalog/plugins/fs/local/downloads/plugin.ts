import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { actionProperties, listProperties } from '../../shared/properties'
import { fileOutput, openFolders } from '../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.fs.local.Downloads',
  kind: 'task',
  step: 'activity',
  title: "Read several files of the worker's machine",
  description: openFolders,
  properties: z.object({ ...listProperties, ...actionProperties }),
  outputs: z.object({
    files: z.array(z.object(fileOutput)),
    outputFiles: z.record(z.string(), z.string()).meta({ description: 'The stored files by path.' }),
  }),
  examples: [
    {
      title: 'Read all files of a folder and archive them',
      yaml: `id: local_downloads
namespace: company.team
tasks:
  - id: downloads
    type: io.kestra.plugin.fs.local.Downloads
    from: /data/in
    action: MOVE
    moveDirectory: /data/archive
`,
    },
  ],
})

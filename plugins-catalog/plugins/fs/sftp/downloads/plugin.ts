import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { actionProperties, listProperties } from '../../shared/properties'
import { connectionProperties, fileOutput } from '../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.fs.sftp.Downloads',
  kind: 'task',
  step: 'activity',
  title: 'Download several files over SFTP',
  properties: z.object({ ...connectionProperties, ...listProperties, ...actionProperties }),
  outputs: z.object({
    files: z.array(z.object(fileOutput)),
    outputFiles: z.record(z.string(), z.string()).meta({ description: 'The stored files by name.' }),
  }),
  examples: [
    {
      title: 'Fetch all files of a folder and archive them',
      yaml: `id: sftp_downloads
namespace: company.team
tasks:
  - id: downloads
    type: io.kestra.plugin.fs.sftp.Downloads
    host: sftp.example.com
    username: me
    password: "{{ secret('SFTP_PASSWORD') }}"
    from: /in/
    action: MOVE
    moveDirectory: /archive/
`,
    },
  ],
})

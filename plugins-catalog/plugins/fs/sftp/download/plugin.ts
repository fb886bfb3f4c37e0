import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { text } from '#language/fields'
import { checksumProperties, connectionProperties } from '../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.fs.sftp.Download',
  kind: 'task',
  step: 'activity',
  title: 'Download a file over SFTP',
  properties: z.object({
    ...connectionProperties,
    from: text().meta({ description: 'The path of the file.' }),
    ...checksumProperties,
  }),
  outputs: z.object({ from: z.string(), to: z.string().meta({ description: 'The stored file.' }) }),
  examples: [
    {
      title: 'Download a file',
      yaml: `id: sftp_download
namespace: company.team
tasks:
  - id: download
    type: io.kestra.plugin.fs.sftp.Download
    host: sftp.example.com
    username: me
    password: "{{ secret('SFTP_PASSWORD') }}"
    from: /in/orders.csv
`,
    },
  ],
})

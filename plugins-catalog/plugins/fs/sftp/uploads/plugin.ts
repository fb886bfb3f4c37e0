import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyJson, int, text } from '#language/fields'
import { connectionProperties } from '../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.fs.sftp.Uploads',
  kind: 'task',
  step: 'activity',
  title: 'Upload several files over SFTP',
  properties: z.object({
    ...connectionProperties,
    from: anyJson().meta({ description: 'URIs of stored files: a list, or a map of names to them.' }),
    to: text().meta({ description: 'The folder to write to.' }),
    maxFiles: int().pipe(z.int().min(1)).default(25).meta({ description: 'At most so many files.' }),
  }),
  outputs: z.object({ files: z.array(z.string()).meta({ description: 'Where they are on the server.' }) }),
  examples: [
    {
      title: 'Upload under names of your choice',
      yaml: `id: sftp_uploads
namespace: company.team
tasks:
  - id: extract
    type: io.kestra.plugin.core.http.Download
    uri: https://example.com/orders.csv
  - id: uploads
    type: io.kestra.plugin.fs.sftp.Uploads
    host: sftp.example.com
    username: me
    password: "{{ secret('SFTP_PASSWORD') }}"
    from:
      orders.csv: "{{ outputs.extract.uri }}"
    to: /out/
`,
    },
  ],
})

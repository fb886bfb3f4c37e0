import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { bool, text } from '#language/fields'
import { connectionProperties } from '../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.fs.sftp.Upload',
  kind: 'task',
  step: 'activity',
  title: 'Upload a file over SFTP',
  properties: z.object({
    ...connectionProperties,
    from: text().meta({ description: 'The URI of a stored file.' }),
    to: text().optional().meta({ description: 'The path to write to; by default its own name.' }),
    overwrite: bool().default(true).meta({ description: 'Replace what is there.' }),
  }),
  outputs: z.object({ from: z.string(), to: z.string().meta({ description: 'Where it is on the server.' }) }),
  examples: [
    {
      title: 'Upload what was downloaded',
      yaml: `id: sftp_upload
namespace: company.team
tasks:
  - id: extract
    type: io.kestra.plugin.core.http.Download
    uri: https://example.com/orders.csv
  - id: upload
    type: io.kestra.plugin.fs.sftp.Upload
    host: sftp.example.com
    username: me
    password: "{{ secret('SFTP_PASSWORD') }}"
    from: "{{ outputs.extract.uri }}"
    to: /out/orders.csv
`,
    },
  ],
})

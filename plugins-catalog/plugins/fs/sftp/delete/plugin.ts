import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { bool, text } from '#language/fields'
import { connectionProperties } from '../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.fs.sftp.Delete',
  kind: 'task',
  step: 'activity',
  title: 'Delete a file on an SFTP server',
  properties: z.object({
    ...connectionProperties,
    uri: text().meta({ description: 'The path of the file.' }),
    errorOnMissing: bool().default(false).meta({ description: 'Fail where there is none.' }),
  }),
  outputs: z.object({ uri: z.string(), deleted: z.boolean() }),
  examples: [
    {
      title: 'Delete a file',
      yaml: `id: sftp_delete
namespace: company.team
tasks:
  - id: delete
    type: io.kestra.plugin.fs.sftp.Delete
    host: sftp.example.com
    username: me
    password: "{{ secret('SFTP_PASSWORD') }}"
    uri: /in/orders.csv
`,
    },
  ],
})

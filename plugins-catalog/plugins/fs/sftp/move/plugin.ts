import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { bool, text } from '#language/fields'
import { connectionProperties } from '../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.fs.sftp.Move',
  kind: 'task',
  step: 'activity',
  title: 'Move a file on an SFTP server',
  properties: z.object({
    ...connectionProperties,
    from: text().meta({ description: 'The path of a file or a folder.' }),
    to: text().meta({ description: 'The path to move it to; into it, where that ends with a slash.' }),
    overwrite: bool().default(false).meta({ description: 'Replace what is there.' }),
  }),
  outputs: z.object({ from: z.string(), to: z.string() }),
  examples: [
    {
      title: 'Move a file into a folder',
      yaml: `id: sftp_move
namespace: company.team
tasks:
  - id: move
    type: io.kestra.plugin.fs.sftp.Move
    host: sftp.example.com
    username: me
    password: "{{ secret('SFTP_PASSWORD') }}"
    from: /in/orders.csv
    to: /archive/
`,
    },
  ],
})

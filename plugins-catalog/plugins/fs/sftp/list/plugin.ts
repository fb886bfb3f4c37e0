import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { listProperties } from '../../shared/properties'
import { connectionProperties, fileOutput } from '../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.fs.sftp.List',
  kind: 'task',
  step: 'activity',
  title: 'List files over SFTP',
  properties: z.object({ ...connectionProperties, ...listProperties }),
  outputs: z.object({ files: z.array(z.object(fileOutput)) }),
  examples: [
    {
      title: 'All CSV files of a folder',
      yaml: `id: sftp_list
namespace: company.team
tasks:
  - id: list
    type: io.kestra.plugin.fs.sftp.List
    host: sftp.example.com
    username: me
    password: "{{ secret('SFTP_PASSWORD') }}"
    from: /in/
    regExp: .*\\.csv
`,
    },
  ],
})

import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyJson, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.namespace.DownloadFiles',
  kind: 'task',
  step: 'activity',
  title: 'Download namespace files',
  description: 'Copies files of a namespace into the execution.',
  properties: z.object({
    namespace: text().meta({ description: 'Whose files.' }),
    files: anyJson().meta({ description: 'Paths or globs: one, or a list.' }),
    destination: text().default('').meta({ description: 'A folder that is put before the names.' }),
  }),
  outputs: z.object({ files: z.record(z.string(), z.string()).meta({ description: 'Paths to URIs.' }) }),
  examples: [
    {
      title: 'Download namespace files',
      yaml: `id: download_files
namespace: company.team

tasks:
  - id: write
    type: io.kestra.plugin.core.storage.Write
    extension: .sql
    content: SELECT 1

  - id: upload
    type: io.kestra.plugin.core.namespace.UploadFiles
    namespace: "{{ flow.namespace }}"
    filesMap:
      queries/one.sql: "{{ outputs.write.uri }}"

  - id: download
    type: io.kestra.plugin.core.namespace.DownloadFiles
    namespace: "{{ flow.namespace }}"
    files:
      - "queries/*.sql"
`,
    },
  ],
})

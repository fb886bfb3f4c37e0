import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyJson, map, oneOf, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.namespace.UploadFiles',
  kind: 'task',
  step: 'activity',
  title: 'Upload namespace files',
  description: 'Keeps files with a namespace, where scripts of its flows find them.',
  properties: z.object({
    namespace: text().meta({ description: 'Whose files.' }),
    files: anyJson().optional().meta({ description: 'Globs of files in the working directory, or URIs.' }),
    filesMap: map(text()).optional().meta({ description: 'Names to URIs or contents.' }),
    destination: text().default('/').meta({ description: 'The folder to put them into.' }),
    conflict: oneOf(['OVERWRITE', 'ERROR', 'SKIP'])
      .default('OVERWRITE')
      .meta({ description: 'What becomes of a file that is already there.' }),
  }),
  outputs: z.object({ files: z.record(z.string(), z.string()).meta({ description: 'Paths to URIs.' }) }),
  examples: [
    {
      title: 'Upload namespace files',
      yaml: `id: upload_files
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
`,
    },
  ],
})

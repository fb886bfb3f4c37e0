import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyJson, bool, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.namespace.DeleteFiles',
  kind: 'task',
  step: 'activity',
  title: 'Delete namespace files',
  description: 'Deletes files of a namespace.',
  properties: z.object({
    namespace: text().meta({ description: 'Whose files.' }),
    files: anyJson().meta({ description: 'Paths or globs: one, or a list.' }),
    deleteParentFolder: bool().default(false).meta({ description: 'Folders are there as long as they hold files.' }),
  }),
  outputs: z.object({
    files: z.record(z.string(), z.boolean()).meta({ description: 'Paths, and whether they were deleted.' }),
  }),
  examples: [
    {
      title: 'Delete namespace files',
      yaml: `id: delete_files
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

  - id: delete
    type: io.kestra.plugin.core.namespace.DeleteFiles
    namespace: "{{ flow.namespace }}"
    files:
      - "queries/**"
`,
    },
  ],
})

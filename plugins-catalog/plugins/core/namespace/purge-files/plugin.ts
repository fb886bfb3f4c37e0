import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { int, object, text } from '#language/fields'
import { moment } from '../../shared/date'
import { namespaceProperties } from '../../shared/namespaces'

export default definePlugin({
  type: 'io.kestra.plugin.core.namespace.PurgeFiles',
  kind: 'task',
  step: 'activity',
  title: 'Purge old versions of namespace files',
  description:
    'Deletes older versions of files. Of a file only its newest version is kept, and that is never purged, so the task finds nothing; to delete files use `namespace.DeleteFiles`.',
  properties: z.object({
    ...namespaceProperties,
    filePattern: text().optional().meta({ description: 'A glob of paths.' }),
    behavior: object({
      type: z.literal('version').default('version'),
      before: moment().optional(),
      keepAmount: int().pipe(z.int().min(1)).optional(),
    })
      .optional()
      .meta({ description: 'Which versions are old.' }),
  }),
  outputs: z.object({ size: z.number().meta({ description: 'How many versions were deleted.' }) }),
  examples: [
    {
      title: 'Keep the newest version of each file',
      yaml: `id: purge_files
namespace: company.team

tasks:
  - id: purge
    type: io.kestra.plugin.core.namespace.PurgeFiles
    namespaces:
      - company
    filePattern: "**/*.sql"
    behavior:
      type: version
      keepAmount: 1
`,
    },
  ],
})

import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { bool, text } from '#language/fields'
import { kvKey } from '../shared/key'

export default definePlugin({
  type: 'io.kestra.plugin.core.kv.Delete',
  kind: 'task',
  step: 'activity',
  title: 'Delete a KV entry',
  description: 'Deletes an entry of a namespace.',
  properties: z.object({
    key: kvKey,
    namespace: text().optional().meta({ description: 'That of the flow by default.' }),
    errorOnMissing: bool().default(false).meta({ description: 'Fail where there is no such key.' }),
  }),
  outputs: z.object({ deleted: z.boolean().meta({ description: 'Whether there was one.' }) }),
  examples: [
    {
      title: 'Delete a KV entry',
      yaml: `id: kv_delete
namespace: company.team

tasks:
  - id: set
    type: io.kestra.plugin.core.kv.Set
    key: color
    value: blue

  - id: delete
    type: io.kestra.plugin.core.kv.Delete
    key: color
`,
    },
  ],
})

import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.kv.GetKeys',
  kind: 'task',
  step: 'activity',
  title: 'List KV keys',
  description: 'Lists the keys of a namespace.',
  properties: z.object({
    prefix: text().optional().meta({ description: 'What the keys start with.' }),
    namespace: text().optional().meta({ description: 'That of the flow by default.' }),
  }),
  outputs: z.object({ keys: z.array(z.string()) }),
  examples: [
    {
      title: 'List KV keys',
      yaml: `id: kv_get_keys
namespace: company.team

tasks:
  - id: set
    type: io.kestra.plugin.core.kv.Set
    key: color
    value: blue

  - id: keys
    type: io.kestra.plugin.core.kv.GetKeys
    prefix: co
`,
    },
  ],
})

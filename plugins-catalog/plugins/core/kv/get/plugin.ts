import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyJson, bool, text } from '#language/fields'
import { kvKey } from '../shared/key'

export default definePlugin({
  type: 'io.kestra.plugin.core.kv.Get',
  kind: 'task',
  step: 'activity',
  title: 'Get a KV entry',
  description: 'Reads an entry of the namespace or of one above it.',
  properties: z.object({
    key: kvKey,
    namespace: text().optional().meta({ description: 'That of the flow by default.' }),
    errorOnMissing: bool().default(false).meta({ description: 'Fail where there is no such key.' }),
  }),
  outputs: z.object({ value: anyJson().meta({ description: 'Null where there is none.' }) }),
  examples: [
    {
      title: 'Get a KV entry',
      yaml: `id: kv_get
namespace: company.team

tasks:
  - id: set
    type: io.kestra.plugin.core.kv.Set
    key: color
    value: blue

  - id: get
    type: io.kestra.plugin.core.kv.Get
    key: color
`,
    },
  ],
})

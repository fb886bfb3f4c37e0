import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyJson, bool, text } from '#language/fields'
import { kvKey } from '../shared/key'

export default definePlugin({
  type: 'io.kestra.plugin.core.kv.Put',
  kind: 'task',
  step: 'activity',
  keepsType: ['value'],
  title: 'Update a KV entry',
  description:
    'Merges a map into the entry, deeply; a list of `{key, value}` sets parts of it by their paths; any other value, and `[{value}]`, replaces it.',
  properties: z.object({
    key: kvKey,
    value: anyJson(),
    namespace: text().optional().meta({ description: 'That of the flow by default.' }),
    errorOnMissing: bool().default(false).meta({ description: 'Fail where there is no such key.' }),
  }),
  examples: [
    {
      title: 'Update a KV entry',
      yaml: `id: kv_put
namespace: company.team

tasks:
  - id: set
    type: io.kestra.plugin.core.kv.Set
    key: settings
    value: { retries: 1, mode: fast }

  - id: put
    type: io.kestra.plugin.core.kv.Put
    key: settings
    value:
      retries: 2
`,
    },
  ],
})

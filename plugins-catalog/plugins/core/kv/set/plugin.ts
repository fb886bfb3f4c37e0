import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyJson, bool, duration, oneOf, text } from '#language/fields'
import { kvKey } from '../shared/key'
import { kvTypes } from './types'

export default definePlugin({
  type: 'io.kestra.plugin.core.kv.Set',
  kind: 'task',
  step: 'activity',
  keepsType: ['value'],
  title: 'Set a KV entry',
  description: 'Writes a value that outlives the execution.',
  properties: z.object({
    key: kvKey,
    value: anyJson(),
    namespace: text().optional().meta({ description: 'That of the flow by default.' }),
    overwrite: bool().default(true).meta({ description: 'Fail where the key exists if false.' }),
    ttl: duration().optional().meta({ description: 'How long the entry lives.' }),
    kvType: oneOf(kvTypes).optional().meta({ description: 'Read the value as this; else it is what it looks like.' }),
    kvDescription: text().optional(),
  }),
  examples: [
    {
      title: 'Set a KV entry',
      yaml: `id: kv_set
namespace: company.team

tasks:
  - id: set
    type: io.kestra.plugin.core.kv.Set
    key: last_run
    value: "2024-01-31"
`,
    },
  ],
})

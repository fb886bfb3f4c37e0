import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { bool, int, object, text } from '#language/fields'
import { moment } from '../../shared/date'
import { namespaceProperties } from '../../shared/namespaces'

export default definePlugin({
  type: 'io.kestra.plugin.core.kv.PurgeKV',
  kind: 'task',
  step: 'activity',
  title: 'Purge KV entries',
  description:
    'Deletes expired entries, or all that match. Of an entry only its newest version is kept, so there are no older ones to purge.',
  properties: z.object({
    ...namespaceProperties,
    keyPattern: text().optional().meta({ description: 'A glob of keys.' }),
    behavior: z
      .union([
        object({ type: z.literal('key'), expiredOnly: bool().default(true) }),
        object({ type: z.literal('version'), before: moment().optional(), keepAmount: int().optional() }),
      ])
      .default({ type: 'key', expiredOnly: true })
      .meta({ description: '`{type: key, expiredOnly: false}` deletes entries that live, too.' }),
    expiredOnly: bool().optional().meta({ deprecated: true, instead: 'behavior.expiredOnly' }),
  }),
  outputs: z.object({ size: z.number().meta({ description: 'How many entries were deleted.' }) }),
  examples: [
    {
      title: 'Delete expired entries each night',
      yaml: `id: purge_kv
namespace: company.team

tasks:
  - id: purge
    type: io.kestra.plugin.core.kv.PurgeKV
    namespaces:
      - company
    behavior:
      type: key
      expiredOnly: true

triggers:
  - id: nightly
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "0 3 * * *"
`,
    },
  ],
})

import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { bool, list, text } from '#language/fields'
import { urlProperty } from '../../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.redis.string.Delete',
  aliases: ['io.kestra.plugin.redis.Delete'],
  kind: 'task',
  step: 'activity',
  title: 'Delete keys of Redis',
  properties: z.object({
    ...urlProperty,
    keys: list(text()),
    failedOnMissing: bool()
      .default(false)
      .meta({ description: 'Whether the task fails where one of them is missing.' }),
  }),
  outputs: z.object({ count: z.number().meta({ description: 'How many were deleted.' }) }),
  examples: [
    {
      title: 'Delete two keys',
      yaml: `id: redis_delete
namespace: company.team
tasks:
  - id: delete
    type: io.kestra.plugin.redis.string.Delete
    url: redis://redis.example.com:6379/0
    keys:
      - greeting
      - farewell
`,
    },
  ],
})

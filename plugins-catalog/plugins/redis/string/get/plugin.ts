import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyJson, bool, text } from '#language/fields'
import { serdeProperty, urlProperty } from '../../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.redis.string.Get',
  aliases: ['io.kestra.plugin.redis.Get'],
  kind: 'task',
  step: 'activity',
  title: 'Read a key of Redis',
  properties: z.object({
    ...urlProperty,
    key: text(),
    failedOnMissing: bool().default(false).meta({ description: 'Whether the task fails where there is no such key.' }),
    ...serdeProperty,
  }),
  outputs: z.object({
    key: z.string(),
    data: anyJson().optional().meta({ description: 'The value; absent where there is no such key.' }),
  }),
  examples: [
    {
      title: 'Read a value',
      yaml: `id: redis_get
namespace: company.team
tasks:
  - id: get
    type: io.kestra.plugin.redis.string.Get
    url: redis://redis.example.com:6379/0
    key: greeting
`,
    },
  ],
})

import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyJson, text } from '#language/fields'
import { serdeProperty, urlProperty } from '../../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.redis.list.ListPush',
  aliases: ['io.kestra.plugin.redis.ListPush'],
  kind: 'task',
  step: 'activity',
  title: 'Push elements to the head of a Redis list',
  properties: z.object({
    ...urlProperty,
    key: text().meta({ description: 'The list.' }),
    from: anyJson().meta({
      description: 'The elements: a list, or the URI of a stored file with one a line (Ion or JSON).',
    }),
    ...serdeProperty,
  }),
  outputs: z.object({ count: z.number().meta({ description: 'How many elements.' }) }),
  keepsType: ['from'],
  examples: [
    {
      title: 'Push two elements',
      yaml: `id: redis_push
namespace: company.team
tasks:
  - id: push
    type: io.kestra.plugin.redis.list.ListPush
    url: redis://redis.example.com:6379/0
    key: orders
    from:
      - first
      - second
`,
    },
  ],
})

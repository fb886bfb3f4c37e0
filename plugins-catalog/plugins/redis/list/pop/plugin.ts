import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { duration, int } from '#language/fields'
import { listProperties } from '../../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.redis.list.ListPop',
  aliases: ['io.kestra.plugin.redis.ListPop'],
  kind: 'task',
  step: 'activity',
  title: 'Take elements from the head of a Redis list',
  description: 'Takes elements until the list is empty, or as many as `maxRecords` says.',
  properties: z.object({
    ...listProperties,
    count: int().pipe(z.number().min(1)).default(100).meta({ description: 'How many are taken at once.' }),
    maxRecords: int().pipe(z.number().min(1)).optional().meta({ description: 'How many at most; all by default.' }),
    maxDuration: duration().optional().meta({ description: 'No wait is made for more elements, whatever it says.' }),
  }),
  outputs: z.object({
    uri: z.string().meta({ description: 'The stored file, Ion text, one element a line.' }),
    count: z.number().meta({ description: 'How many elements.' }),
  }),
  examples: [
    {
      title: 'Take all elements',
      yaml: `id: redis_pop
namespace: company.team
tasks:
  - id: pop
    type: io.kestra.plugin.redis.list.ListPop
    url: redis://redis.example.com:6379/0
    key: orders
`,
    },
  ],
})

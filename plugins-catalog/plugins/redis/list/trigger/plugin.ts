import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { duration, int } from '#language/fields'
import { listProperties } from '../../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.redis.list.Trigger',
  aliases: ['io.kestra.plugin.redis.TriggerList'],
  kind: 'trigger',
  starts: 'polling',
  title: 'Start for the elements of a Redis list, together',
  description: `Takes elements from the head of a list at each interval, and starts one execution for all of them. They leave Redis only
when the execution is kept. Needs Redis 6.2 or later, and the right to run scripts (\`EVAL\`).`,
  properties: z.object({
    ...listProperties,
    count: int().pipe(z.number().min(1)).default(100).meta({ description: 'How many elements at most.' }),
    maxRecords: int()
      .pipe(z.number().min(1))
      .optional()
      .meta({ description: 'How many elements at most; counts more than `count`.' }),
    maxDuration: duration().optional().meta({ description: 'No wait is made for more elements, whatever it says.' }),
    interval: duration().default('PT60S').meta({ description: 'From one look to the next.' }),
  }),
  outputs: z.object({
    uri: z.string().meta({ description: 'The stored file, Ion text, one element a line.' }),
    count: z.number().meta({ description: 'How many elements.' }),
  }),
  examples: [
    {
      title: 'The orders of each five minutes',
      yaml: `id: redis_trigger
namespace: company.team
tasks:
  - id: show
    type: io.kestra.plugin.core.log.Log
    message: "{{ trigger.count }} orders in {{ trigger.uri }}"
triggers:
  - id: orders
    type: io.kestra.plugin.redis.list.Trigger
    url: redis://redis.example.com:6379/0
    key: orders
    maxRecords: 1000
    interval: PT5M
`,
    },
  ],
})

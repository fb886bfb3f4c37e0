import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyJson } from '#language/fields'
import { listProperties } from '../../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.redis.list.RealtimeTrigger',
  aliases: ['io.kestra.plugin.redis.RealtimeTrigger'],
  kind: 'trigger',
  starts: 'realtime',
  title: 'Start for each element of a Redis list',
  description: `Takes elements from the head of a list as they come, and starts an execution for each. An element leaves Redis only
when its execution is kept. Needs Redis 6.2 or later, and the right to run scripts (\`EVAL\`).`,
  properties: z.object(listProperties),
  outputs: z.object({ value: anyJson().meta({ description: 'The element.' }) }),
  examples: [
    {
      title: 'Each element of a list',
      yaml: `id: redis_realtime
namespace: company.team
tasks:
  - id: show
    type: io.kestra.plugin.core.log.Log
    message: "{{ trigger.value }}"
triggers:
  - id: orders
    type: io.kestra.plugin.redis.list.RealtimeTrigger
    url: redis://redis.example.com:6379/0
    key: orders
`,
    },
  ],
})

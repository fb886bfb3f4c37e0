import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyJson, bool, duration, object, text } from '#language/fields'
import { serdeProperty, urlProperty } from '../../shared/properties'

const options = object({
  expirationDuration: duration().optional().meta({ description: 'The key is gone after this.' }),
  expirationDate: text().optional().meta({ description: 'The key is gone from this date on.' }),
  mustNotExist: bool().optional().meta({ description: 'Set only where there is no such key.' }),
  mustExist: bool().optional().meta({ description: 'Set only where there is such a key.' }),
  keepTtl: bool().optional().meta({ description: 'Keep the time that the key has left.' }),
})

export default definePlugin({
  type: 'io.kestra.plugin.redis.string.Set',
  aliases: ['io.kestra.plugin.redis.Set'],
  kind: 'task',
  step: 'activity',
  title: 'Set a key of Redis',
  properties: z.object({
    ...urlProperty,
    key: text(),
    value: anyJson(),
    get: bool().default(false).meta({ description: 'Whether to answer the value before.' }),
    options: options.optional(),
    ...serdeProperty,
  }),
  outputs: z.object({ oldValue: anyJson().optional().meta({ description: 'The value before, with `get`.' }) }),
  keepsType: ['value'],
  examples: [
    {
      title: 'Set a value for an hour',
      yaml: `id: redis_set
namespace: company.team
tasks:
  - id: set
    type: io.kestra.plugin.redis.string.Set
    url: redis://redis.example.com:6379/0
    key: greeting
    value: Hello
    options:
      expirationDuration: PT1H
`,
    },
  ],
})

import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyJson, bool, text } from '#language/fields'
import { httpProperties } from '../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.core.http.SseRequest',
  kind: 'task',
  step: 'activity',
  title: 'Read a stream of server-sent events',
  description: 'Reads events until the server ends the stream, such as the answer of a language model.',
  properties: z.object({
    ...httpProperties,
    concatJqExpression: text().optional().meta({
      description: 'A jq expression for each event; what it finds is joined into `result`.',
    }),
    failedOnMissingJq: bool().default(true).meta({ description: 'Fail where an event has nothing for it.' }),
  }),
  outputs: z.object({
    uri: z.string().optional().meta({ description: 'The address.' }),
    events: z.array(anyJson()).meta({ description: 'Each with data, and id, name, comment, retry where given.' }),
    size: z.number().meta({ description: 'How many.' }),
    result: z.string().optional().meta({ description: 'With concatJqExpression.' }),
  }),
  renderLater: ['concatJqExpression'],
  examples: [
    {
      title: 'Join the parts of an answer',
      yaml: `id: sse
namespace: company.team
tasks:
  - id: stream
    type: io.kestra.plugin.core.http.SseRequest
    uri: https://sse.dev/test
    concatJqExpression: .msg
`,
    },
  ],
})

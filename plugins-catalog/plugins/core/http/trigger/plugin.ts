import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyJson, bool, duration, text } from '#language/fields'
import { httpProperties, responseOutputs } from '../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.core.http.Trigger',
  aliases: ['io.kestra.plugin.fs.http.Trigger'],
  kind: 'trigger',
  starts: 'polling',
  title: 'Start by the answer to an HTTP request',
  description: 'Sends a request at each interval and starts the flow whenever the answer is as wished.',
  properties: z.object({
    ...httpProperties,
    interval: duration().default('PT60S').meta({ description: 'From one request to the next.' }),
    responseCondition: text()
      .default('{{ response.statusCode < 400 }}')
      .meta({ description: 'Of `response`: its statusCode, headers and body. Starts the flow where it is true.' }),
    encryptBody: bool().default(false).meta({ description: 'Not supported: keep secrets out of answers.' }),
  }),
  renderLater: ['responseCondition'],
  outputs: z.object({
    ...responseOutputs,
    body: anyJson().optional().meta({ description: 'The answer: JSON where the server says so, else text.' }),
  }),
  examples: [
    {
      title: 'When a price falls',
      yaml: `id: http_trigger
namespace: company.team
tasks:
  - id: show
    type: io.kestra.plugin.core.log.Log
    message: "{{ trigger.body }}"
triggers:
  - id: price
    type: io.kestra.plugin.core.http.Trigger
    uri: https://dummyjson.com/products/1
    responseCondition: "{{ fromJson(response.body).price < 10 }}"
    interval: PT5M
`,
    },
  ],
})

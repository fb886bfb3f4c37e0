import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyJson, anyObject, bool } from '#language/fields'
import { httpProperties, responseOutputs } from '../shared/properties'

export default definePlugin({
  type: 'io.kestra.plugin.core.http.Request',
  aliases: ['io.kestra.plugin.fs.http.Request'],
  kind: 'task',
  step: 'activity',
  title: 'Send an HTTP request',
  description: 'Sends a request and keeps the answer as an output. For large answers use `http.Download`.',
  properties: z.object({
    ...httpProperties,
    encryptBody: bool().default(false).meta({ description: 'Not supported: keep secrets out of answers.' }),
  }),
  outputs: z.object({
    ...responseOutputs,
    body: anyJson().optional().meta({ description: 'The answer: JSON where the server says so, else text.' }),
    formData: anyObject().optional(),
  }),
  examples: [
    {
      title: 'Post JSON',
      yaml: `id: request
namespace: company.team
tasks:
  - id: post
    type: io.kestra.plugin.core.http.Request
    uri: https://dummyjson.com/products/add
    method: POST
    body: |
      {"title": "Pencil"}
`,
    },
  ],
})

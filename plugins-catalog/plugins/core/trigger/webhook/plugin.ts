import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyJson, anyObject, bool, int, oneOf, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.trigger.Webhook',
  kind: 'trigger',
  title: 'Start by an HTTP request',
  description: `Starts the flow when its address is called; the key in the address is the secret.`,
  properties: z.object({
    key: text()
      .refine(key => key.length <= 256, 'at most 256 characters')
      .meta({ description: 'Last part of the address.' }),
    wait: bool().meta({ description: 'Whether the caller waits for the end of the execution.' }).default(false),
    returnOutputs: bool().meta({ description: 'Whether the answer holds the outputs of the flow.' }).default(false),
    responseContentType: oneOf(['application/json', 'text/plain'])
      .meta({ description: 'Content type of the answer.' })
      .optional(),
    responseCode: int().meta({ description: 'Status of the answer.' }).optional(),
  }),
  outputs: z.object({ body: anyJson(), headers: anyObject(), parameters: anyObject() }),
  examples: [
    {
      title: 'Log the body of a request',
      yaml: `id: webhook
namespace: company.team
tasks:
  - id: show
    type: io.kestra.plugin.core.log.Log
    message: "{{ trigger.body }}"
triggers:
  - id: hook
    type: io.kestra.plugin.core.trigger.Webhook
    key: 4wjtkzwVGBM9yKnjm3yv8r
`,
    },
  ],
})

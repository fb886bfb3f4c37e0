import { z } from 'zod'
import { definePlugin } from '#language/define-plugin'
import { anyJson, anyObject, bool, int, oneOf, text } from '#language/fields'

export default definePlugin({
  type: 'io.kestra.plugin.core.trigger.Webhook',
  kind: 'trigger',
  starts: 'webhook',
  title: 'Start by an HTTP request',
  description: `Starts the flow when its address is called by GET, POST or PUT: \`/api/v1/TENANT/executions/webhook/NAMESPACE/FLOW/KEY\`. Nobody needs to sign in; the key is the secret, so take a long random one, or \`{{ secret('NAME') }}\`.

The execution has \`trigger.body\` (parsed where it is JSON, else text), \`trigger.headers\` and \`trigger.parameters\`. Each header and parameter is a list of texts; headers are named in lower case, and cookies and Authorization are left out.

With \`signature\`, calls must be signed as Standard Webhooks says: the header \`webhook-signature\` holds \`v1,\` and the Base64 of an HMAC-SHA256 of \`ID.TIMESTAMP.BODY\`, \`webhook-id\` the ID and \`webhook-timestamp\` the time in seconds, which may differ by five minutes. Several signatures, with a space between them, let the sender change its secret. A delivery that is repeated under its \`webhook-id\` starts nothing again: it is answered with the first one's execution.`,
  properties: z.object({
    key: text()
      .refine(key => key.length > 0 && key.length <= 256, 'between 1 and 256 characters')
      .meta({ description: 'Last part of the address.' }),
    signature: z
      .strictObject({
        secret: text().meta({ description: 'What the sender signs with, as whsec_ and Base64.' }),
      })
      .meta({ description: 'Refuses calls that are not signed (Standard Webhooks).' })
      .optional(),
    wait: bool().meta({ description: 'Whether the caller waits for the end of the execution.' }).default(false),
    returnOutputs: bool()
      .meta({ description: 'Whether the answer, after waiting, is the outputs of the flow.' })
      .default(false),
    responseContentType: oneOf(['application/json', 'text/plain'])
      .meta({ description: 'Content type of the outputs in the answer.' })
      .optional(),
    responseCode: int()
      .refine(code => code >= 200 && code <= 599, 'between 200 and 599')
      .meta({ description: 'Status of the answer after waiting; else 200, or 500 where the execution failed.' })
      .optional(),
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
    {
      title: 'Answer with the outputs of the flow, for signed calls only',
      yaml: `id: greeter
namespace: company.team
inputs:
  - id: name
    type: STRING
    defaults: world
tasks:
  - id: greet
    type: io.kestra.plugin.core.debug.Return
    format: "Hello {{ inputs.name }}"
outputs:
  - id: greeting
    type: STRING
    value: "{{ outputs.greet.value }}"
triggers:
  - id: signed
    type: io.kestra.plugin.core.trigger.Webhook
    key: "{{ secret('WEBHOOK_KEY') }}"
    signature:
      secret: "{{ secret('WEBHOOK_SIGNING') }}"
    inputs:
      name: "{{ trigger.body.name ?? 'world' }}"
    wait: true
    returnOutputs: true
`,
    },
  ],
})
